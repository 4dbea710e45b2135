-- A database as the program wrote it that asked version 1 of the questionnaires: a full assessment and a pulse, both
-- finished, and a draft with its first three pages answered. The sessions are left out.
BEGIN TRANSACTION;
CREATE TABLE agreements (
    review_id    TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    competency   TEXT NOT NULL,
    level        REAL CHECK (level BETWEEN 1 AND 5),
    sentence     TEXT NOT NULL,
    proposed_by  TEXT NOT NULL CHECK (proposed_by IN ('manager', 'mentor')),
    proposed_at  INTEGER NOT NULL,
    confirmed_at INTEGER,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (review_id, competency)
) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    item_id       TEXT NOT NULL,
    level         INTEGER CHECK (level BETWEEN 0 AND 5),
    note          TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    spent         INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, item_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','authenticity.first-team.right-expert',2,'',1,30000,1795917103888);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','authenticity.first-team.told-depth',3,'',1,30000,1795917103888);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','authenticity.link.edge-of-knowledge',3,'',1,30000,1795917103888);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','bridge.first-team.case-upward',3,'',1,30000,1795917103877);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','bridge.first-team.sketch-stage',4,'',1,30000,1795917103877);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','bridge.link.customer-terms',3,'',1,30000,1795917103876);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','coaching.first-team.hard-moment',5,'',1,30000,1795917103879);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','coaching.first-team.skill-for-each',2,'',1,30000,1795917103879);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','coaching.link.reason-first',3,'',1,30000,1795917103879);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','credibility.first-team.daily-obstacles',4,'',1,30000,1795917103885);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','credibility.first-team.hands-off-help',3,'',1,30000,1795917103885);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','credibility.link.kept-promises',1,'',1,30000,1795917103885);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','debt.first-team.event-that-puts-it-first',5,'',1,30000,1795917103857);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','debt.first-team.hidden-workarounds',3,'',1,30000,1795917103857);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','debt.link.price-of-leaving-it',2,'',1,30000,1795917103857);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','design.first-team.main-assumption',3,'',1,30000,1795917103823);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','design.first-team.unheard-objection',3,'',1,30000,1795917103823);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','design.link.hard-to-undo',4,'The id of a customer, in March.',1,30000,1795917103823);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','learning.first-team.missing-answer',3,'',1,22500,1795917103893);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','learning.first-team.taught-by',4,'',1,22500,1795917103893);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','learning.first-team.try-for-fun',2,'',1,22500,1795917103893);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','learning.link.time-set-aside',5,'',1,22500,1795917103893);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','ownership.first-team.other-way',4,'',1,30000,1795917103883);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','ownership.first-team.present',2,'',1,30000,1795917103883);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','ownership.link.hand-back',3,'',1,30000,1795917103883);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','roadmap.first-team.unknowns-first',3,'',1,30000,1795917103850);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','roadmap.first-team.what-it-pushes-out',3,'',1,30000,1795917103850);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','roadmap.link.weeks-before-dates',4,'',1,30000,1795917103850);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','systems.first-team.as-it-runs',1,'',1,30000,1795917103838);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','systems.first-team.unexplained-link',3,'',1,30000,1795917103838);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','systems.link.past-the-list',4,'',1,30000,1795917103838);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','tradeoffs.first-team.customer-side',3,'',1,22500,1795917103827);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','tradeoffs.first-team.earlier-case',5,'',1,22500,1795917103827);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','tradeoffs.first-team.hold-what-cannot-be-undone',2,'',1,22500,1795917103827);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','tradeoffs.link.way-back',2,'',1,22500,1795917103827);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','vision.first-team.end-on-the-day',1,'',1,30000,1795917103873);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','vision.first-team.possibility-meets-problem',4,'',1,30000,1795917103873);
INSERT INTO "answers" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','vision.link.small-trial',2,'',1,30000,1795917103873);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','design.first-team.main-assumption',2,'',1,30000,1795917103981);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','design.first-team.unheard-objection',4,'',1,30000,1795917103981);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','design.link.hard-to-undo',3,'The id of a customer, in March.',1,30000,1795917103981);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','systems.first-team.as-it-runs',2,'',1,30000,1795917103991);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','systems.first-team.unexplained-link',5,'',1,30000,1795917103991);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','systems.link.past-the-list',3,'',1,30000,1795917103991);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','tradeoffs.first-team.customer-side',4,'',1,22500,1795917103984);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','tradeoffs.first-team.earlier-case',3,'',1,22500,1795917103984);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','tradeoffs.first-team.hold-what-cannot-be-undone',3,'',1,22500,1795917103984);
INSERT INTO "answers" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','tradeoffs.link.way-back',1,'',1,22500,1795917103984);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','authenticity.link.edge-of-knowledge',2,'',1,90000,1795917103958);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','bridge.link.customer-terms',3,'',1,90000,1795917103944);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','coaching.link.reason-first',4,'',1,90000,1795917103950);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','credibility.link.kept-promises',3,'',1,90000,1795917103956);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','debt.link.price-of-leaving-it',4,'',1,90000,1795917103937);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','design.link.hard-to-undo',2,'',1,90000,1795917103910);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','learning.link.time-set-aside',5,'',1,90000,1795917103964);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','ownership.link.hand-back',3,'',1,90000,1795917103953);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','roadmap.link.weeks-before-dates',2,'',1,90000,1795917103932);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','systems.link.past-the-list',3,'',1,90000,1795917103929);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','tradeoffs.link.way-back',5,'',1,90000,1795917103922);
INSERT INTO "answers" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','vision.link.small-trial',1,'',1,90000,1795917103941);
CREATE TABLE assessment_items (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    competency    TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    content_hash  TEXT NOT NULL REFERENCES contents (hash),
    PRIMARY KEY (assessment_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',0,'design','design.link.hard-to-undo','a00209f688dceb50960fdd1c2727f7674f8e599385f9c0908650cefbdebef617');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',1,'design','design.first-team.main-assumption','bc42c1f1127d5b1dd96f88fc066a269806acdd3a58993ea113de668728136a68');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',2,'design','design.first-team.unheard-objection','2a7700a00537ccc94cab9700a8c1616448c080864944f46911eef59ceb989952');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',3,'tradeoffs','tradeoffs.link.way-back','ddc4551063d89b04497d5ccca24c0658baea5cfd22269c106c5a4bf0807424dd');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',4,'tradeoffs','tradeoffs.first-team.earlier-case','03cf8d54219e6f01ae53225b40fde7835f8d29f783180e64ce6419c25e4e48c7');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',5,'tradeoffs','tradeoffs.first-team.customer-side','cf2fd89bbdb40d6cd22529f097d70d20e07eaf90567023f06a3a14f4ea178de2');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',6,'tradeoffs','tradeoffs.first-team.hold-what-cannot-be-undone','918dbb2d79684914282a46ad9d7f5eb2fbc6f7d6245f009202a60eaffadc5418');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',7,'systems','systems.link.past-the-list','8f981c54c195edcbedae2dca6b2038684b9a248f2083547771fe382ad2bab3af');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',8,'systems','systems.first-team.as-it-runs','dd86b5f6921792e0e9b598c7978e567e505d154d47bcc7ff0eaab5e5793a958a');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',9,'systems','systems.first-team.unexplained-link','247557a42c1ed2b6023ff5bdeb0e357c37f17614e71315208845708a90f9a087');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',10,'roadmap','roadmap.link.weeks-before-dates','8979c864c197c8042b05eed50dc29ba2bbb2c891a3122f71fc423c315f142427');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',11,'roadmap','roadmap.first-team.unknowns-first','5154faef2cd9f3c3e6b29d8fd8149a0f6de4ed7a81eb82f11af237a31dc6df4b');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',12,'roadmap','roadmap.first-team.what-it-pushes-out','ec4767a052c50915f53e07ba354deb4bf9c65f50c1c6e8601175ee052fe2affa');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',13,'debt','debt.link.price-of-leaving-it','cf70348815f1f372b3ad02d7a43c2d8a8efe8377f23dbf09528509a68ec212b7');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',14,'debt','debt.first-team.event-that-puts-it-first','8ef0ab845e8b801f6e3799a123eb2a31eace80bbb2b0fb783bbe462c86b26a7a');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',15,'debt','debt.first-team.hidden-workarounds','fccb3929efcb5fa8d5b4ba1b167172a6c3415d74224ccde743624a0d83d9e698');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',16,'vision','vision.link.small-trial','ddc767c8b6d200c6cb510f09cd03aed5c1756f012fe5f1e015de7505ae1142ca');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',17,'vision','vision.first-team.possibility-meets-problem','287bd22528b2d80e62ed67f03a8736adcfdfb6c5b8a7e8034fe2c846fba4d5cb');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',18,'vision','vision.first-team.end-on-the-day','a71ba1c2ae3585a9c2d6b0a4b6931206b49c5fc524af3c9feee816da556258f2');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',19,'bridge','bridge.link.customer-terms','b55eec4e878771731602ec914dab5afe751a227e100fc8814a6d6fddf5da9f76');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',20,'bridge','bridge.first-team.sketch-stage','402639884b6b7b191a4fc7f7c0201e6b47f23b5a1f99de5e9f46d0a9461a9dc4');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',21,'bridge','bridge.first-team.case-upward','e989d28f865655e22fa0c94e4a3cfe3211d9f1eaaaaa027613ac217994112cd6');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',22,'coaching','coaching.link.reason-first','e16e5851cf8ee909f928798b9d19dc351ea190e032c4df93093a6f8f117004b5');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',23,'coaching','coaching.first-team.skill-for-each','a3953231bea193cc4bd0a6427f8ad7deda4cae262e77c9bcaeb3015343a57efb');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',24,'coaching','coaching.first-team.hard-moment','90adf8e0157c7243b261f8665b902e70e91dd890b20783cc7b6862536a29384e');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',25,'ownership','ownership.link.hand-back','968cb301e831e35b371b72f1184f2684975b5d91fae0dca0f50e91244c571d4c');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',26,'ownership','ownership.first-team.present','f3c02354f0846325a8876760d64701a7846c01238e82039444e066adb3edb3d0');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',27,'ownership','ownership.first-team.other-way','5def6deb39f3cab4d9b7b21f1d0afa038a6476ffb611d3431d9f20771f9c1550');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',28,'credibility','credibility.link.kept-promises','dd2f2becd9cb16f4e0c351c596eada01953045be5c4d541d210a9be2a8fe1d1c');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',29,'credibility','credibility.first-team.hands-off-help','2a61e469cbd64028c73cbd28bbba65f36ecb7d37c947eebff26dec60c376348c');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',30,'credibility','credibility.first-team.daily-obstacles','9c2e401e6fd407eef29f54eddd264df80e708db42b1a9b1b2a785b588c7c0c51');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',31,'authenticity','authenticity.link.edge-of-knowledge','49d36d9b8eccf2bde2753309269f60049817e797c942ba41b5e4fa11422188aa');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',32,'authenticity','authenticity.first-team.told-depth','721aed0a4780ddc3c1a05ac871326f3ff65f98ca2a1c5e7d4ff10869e721079d');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',33,'authenticity','authenticity.first-team.right-expert','98fe1c224527cf46f091a4202a546848553a232d6635a6d5ae412147c6fda47c');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',34,'learning','learning.link.time-set-aside','54ba64f38aa1c238296db8be3523a25ddc8901226dbd8c870004e52eee4f351b');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',35,'learning','learning.first-team.missing-answer','57cfa0c95194a11b0fb554e79be648ec43c0992d85a99197dafdba1dbeb96eba');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',36,'learning','learning.first-team.try-for-fun','dfd5c5a8aca46972e936f3ae073edaf1d2e73a9141c113fb4c5676b7c3e701db');
INSERT INTO "assessment_items" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',37,'learning','learning.first-team.taught-by','65c5a7afaf740e0d31408a6a003ea7c4856ad5d6bd0249f3c59f00ce218ccc8f');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',0,'design','design.link.hard-to-undo','a00209f688dceb50960fdd1c2727f7674f8e599385f9c0908650cefbdebef617');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',1,'design','design.first-team.main-assumption','bc42c1f1127d5b1dd96f88fc066a269806acdd3a58993ea113de668728136a68');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',2,'design','design.first-team.unheard-objection','2a7700a00537ccc94cab9700a8c1616448c080864944f46911eef59ceb989952');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',3,'tradeoffs','tradeoffs.link.way-back','ddc4551063d89b04497d5ccca24c0658baea5cfd22269c106c5a4bf0807424dd');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',4,'tradeoffs','tradeoffs.first-team.earlier-case','03cf8d54219e6f01ae53225b40fde7835f8d29f783180e64ce6419c25e4e48c7');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',5,'tradeoffs','tradeoffs.first-team.customer-side','cf2fd89bbdb40d6cd22529f097d70d20e07eaf90567023f06a3a14f4ea178de2');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',6,'tradeoffs','tradeoffs.first-team.hold-what-cannot-be-undone','918dbb2d79684914282a46ad9d7f5eb2fbc6f7d6245f009202a60eaffadc5418');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',7,'systems','systems.link.past-the-list','8f981c54c195edcbedae2dca6b2038684b9a248f2083547771fe382ad2bab3af');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',8,'systems','systems.first-team.as-it-runs','dd86b5f6921792e0e9b598c7978e567e505d154d47bcc7ff0eaab5e5793a958a');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',9,'systems','systems.first-team.unexplained-link','247557a42c1ed2b6023ff5bdeb0e357c37f17614e71315208845708a90f9a087');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',10,'roadmap','roadmap.link.weeks-before-dates','8979c864c197c8042b05eed50dc29ba2bbb2c891a3122f71fc423c315f142427');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',11,'roadmap','roadmap.first-team.unknowns-first','5154faef2cd9f3c3e6b29d8fd8149a0f6de4ed7a81eb82f11af237a31dc6df4b');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',12,'roadmap','roadmap.first-team.what-it-pushes-out','ec4767a052c50915f53e07ba354deb4bf9c65f50c1c6e8601175ee052fe2affa');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',13,'debt','debt.link.price-of-leaving-it','cf70348815f1f372b3ad02d7a43c2d8a8efe8377f23dbf09528509a68ec212b7');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',14,'debt','debt.first-team.event-that-puts-it-first','8ef0ab845e8b801f6e3799a123eb2a31eace80bbb2b0fb783bbe462c86b26a7a');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',15,'debt','debt.first-team.hidden-workarounds','fccb3929efcb5fa8d5b4ba1b167172a6c3415d74224ccde743624a0d83d9e698');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',16,'vision','vision.link.small-trial','ddc767c8b6d200c6cb510f09cd03aed5c1756f012fe5f1e015de7505ae1142ca');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',17,'vision','vision.first-team.possibility-meets-problem','287bd22528b2d80e62ed67f03a8736adcfdfb6c5b8a7e8034fe2c846fba4d5cb');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',18,'vision','vision.first-team.end-on-the-day','a71ba1c2ae3585a9c2d6b0a4b6931206b49c5fc524af3c9feee816da556258f2');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',19,'bridge','bridge.link.customer-terms','b55eec4e878771731602ec914dab5afe751a227e100fc8814a6d6fddf5da9f76');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',20,'bridge','bridge.first-team.sketch-stage','402639884b6b7b191a4fc7f7c0201e6b47f23b5a1f99de5e9f46d0a9461a9dc4');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',21,'bridge','bridge.first-team.case-upward','e989d28f865655e22fa0c94e4a3cfe3211d9f1eaaaaa027613ac217994112cd6');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',22,'coaching','coaching.link.reason-first','e16e5851cf8ee909f928798b9d19dc351ea190e032c4df93093a6f8f117004b5');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',23,'coaching','coaching.first-team.skill-for-each','a3953231bea193cc4bd0a6427f8ad7deda4cae262e77c9bcaeb3015343a57efb');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',24,'coaching','coaching.first-team.hard-moment','90adf8e0157c7243b261f8665b902e70e91dd890b20783cc7b6862536a29384e');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',25,'ownership','ownership.link.hand-back','968cb301e831e35b371b72f1184f2684975b5d91fae0dca0f50e91244c571d4c');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',26,'ownership','ownership.first-team.present','f3c02354f0846325a8876760d64701a7846c01238e82039444e066adb3edb3d0');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',27,'ownership','ownership.first-team.other-way','5def6deb39f3cab4d9b7b21f1d0afa038a6476ffb611d3431d9f20771f9c1550');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',28,'credibility','credibility.link.kept-promises','dd2f2becd9cb16f4e0c351c596eada01953045be5c4d541d210a9be2a8fe1d1c');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',29,'credibility','credibility.first-team.hands-off-help','2a61e469cbd64028c73cbd28bbba65f36ecb7d37c947eebff26dec60c376348c');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',30,'credibility','credibility.first-team.daily-obstacles','9c2e401e6fd407eef29f54eddd264df80e708db42b1a9b1b2a785b588c7c0c51');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',31,'authenticity','authenticity.link.edge-of-knowledge','49d36d9b8eccf2bde2753309269f60049817e797c942ba41b5e4fa11422188aa');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',32,'authenticity','authenticity.first-team.told-depth','721aed0a4780ddc3c1a05ac871326f3ff65f98ca2a1c5e7d4ff10869e721079d');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',33,'authenticity','authenticity.first-team.right-expert','98fe1c224527cf46f091a4202a546848553a232d6635a6d5ae412147c6fda47c');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',34,'learning','learning.link.time-set-aside','54ba64f38aa1c238296db8be3523a25ddc8901226dbd8c870004e52eee4f351b');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',35,'learning','learning.first-team.missing-answer','57cfa0c95194a11b0fb554e79be648ec43c0992d85a99197dafdba1dbeb96eba');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',36,'learning','learning.first-team.try-for-fun','dfd5c5a8aca46972e936f3ae073edaf1d2e73a9141c113fb4c5676b7c3e701db');
INSERT INTO "assessment_items" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',37,'learning','learning.first-team.taught-by','65c5a7afaf740e0d31408a6a003ea7c4856ad5d6bd0249f3c59f00ce218ccc8f');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',0,'design','design.link.hard-to-undo','a00209f688dceb50960fdd1c2727f7674f8e599385f9c0908650cefbdebef617');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',1,'tradeoffs','tradeoffs.link.way-back','ddc4551063d89b04497d5ccca24c0658baea5cfd22269c106c5a4bf0807424dd');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',2,'systems','systems.link.past-the-list','8f981c54c195edcbedae2dca6b2038684b9a248f2083547771fe382ad2bab3af');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',3,'roadmap','roadmap.link.weeks-before-dates','8979c864c197c8042b05eed50dc29ba2bbb2c891a3122f71fc423c315f142427');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',4,'debt','debt.link.price-of-leaving-it','cf70348815f1f372b3ad02d7a43c2d8a8efe8377f23dbf09528509a68ec212b7');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',5,'vision','vision.link.small-trial','ddc767c8b6d200c6cb510f09cd03aed5c1756f012fe5f1e015de7505ae1142ca');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',6,'bridge','bridge.link.customer-terms','b55eec4e878771731602ec914dab5afe751a227e100fc8814a6d6fddf5da9f76');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',7,'coaching','coaching.link.reason-first','e16e5851cf8ee909f928798b9d19dc351ea190e032c4df93093a6f8f117004b5');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',8,'ownership','ownership.link.hand-back','968cb301e831e35b371b72f1184f2684975b5d91fae0dca0f50e91244c571d4c');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',9,'credibility','credibility.link.kept-promises','dd2f2becd9cb16f4e0c351c596eada01953045be5c4d541d210a9be2a8fe1d1c');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',10,'authenticity','authenticity.link.edge-of-knowledge','49d36d9b8eccf2bde2753309269f60049817e797c942ba41b5e4fa11422188aa');
INSERT INTO "assessment_items" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',11,'learning','learning.link.time-set-aside','54ba64f38aa1c238296db8be3523a25ddc8901226dbd8c870004e52eee4f351b');
CREATE TABLE assessment_sections (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    competency    TEXT NOT NULL,
    content_hash  TEXT NOT NULL REFERENCES contents (hash),
    target        REAL NOT NULL,
    importance    INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',0,'design','4d6eac7edefe52b3c80bab2d8cc0acc82882f6debdd0a99bc30ecfe691339337',3.5,3);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',1,'tradeoffs','e4afdb5c07c1dd7ba3fe912138b33e978e7ef0727ff6aa6c9d84ddb6f3e67a17',3.5,3);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',2,'systems','203169ec0d11c124ca4ea09ea01b9638c18a7edf20c357f8c94e5fa6bf69b764',3.5,3);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',3,'roadmap','d9f7bf2ab9438de3c3c26a640e2885de43c63c06ad72f480e8c48a10dd66e0a9',3.5,2);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',4,'debt','4e30f5fa143297ff27ab8a895bfe34e8a5f4bba74f46e0c9fb21d86501ec5e06',3.5,3);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',5,'vision','37fdb425bad111d741c4d51e2906fb0a6909555f00c841ac35a3975290b0aef2',3.0,1);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',6,'bridge','93883041ff5ab22615291a60687d91ea95cabdca1098ff186abcc2f1a11c7aea',3.0,2);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',7,'coaching','425a559b64e2dc7dc64dd512fbb1f2446027278533c5b4aeddbcea612065a7e0',3.5,3);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',8,'ownership','3da6417cd7682f496618972553fb05d51efbcc43b317c1643b5f0334052a561c',3.5,2);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',9,'credibility','92ef9954932814861faa30bc69b5a134976abf77455dde26db4f036c8d0d0d2e',3.5,3);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',10,'authenticity','a04779b0b7c51aa98c1259ec9cec951e47797330e47714dcbef79b600832578a',3.5,2);
INSERT INTO "assessment_sections" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M',11,'learning','26e75b79e57d4f81ce762077b25cd64c787108efc89afc1214967f2b41e3ba59',3.0,2);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',0,'design','4d6eac7edefe52b3c80bab2d8cc0acc82882f6debdd0a99bc30ecfe691339337',3.5,3);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',1,'tradeoffs','e4afdb5c07c1dd7ba3fe912138b33e978e7ef0727ff6aa6c9d84ddb6f3e67a17',3.5,3);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',2,'systems','203169ec0d11c124ca4ea09ea01b9638c18a7edf20c357f8c94e5fa6bf69b764',3.5,3);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',3,'roadmap','d9f7bf2ab9438de3c3c26a640e2885de43c63c06ad72f480e8c48a10dd66e0a9',3.5,2);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',4,'debt','4e30f5fa143297ff27ab8a895bfe34e8a5f4bba74f46e0c9fb21d86501ec5e06',3.5,3);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',5,'vision','37fdb425bad111d741c4d51e2906fb0a6909555f00c841ac35a3975290b0aef2',3.0,1);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',6,'bridge','93883041ff5ab22615291a60687d91ea95cabdca1098ff186abcc2f1a11c7aea',3.0,2);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',7,'coaching','425a559b64e2dc7dc64dd512fbb1f2446027278533c5b4aeddbcea612065a7e0',3.5,3);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',8,'ownership','3da6417cd7682f496618972553fb05d51efbcc43b317c1643b5f0334052a561c',3.5,2);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',9,'credibility','92ef9954932814861faa30bc69b5a134976abf77455dde26db4f036c8d0d0d2e',3.5,3);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',10,'authenticity','a04779b0b7c51aa98c1259ec9cec951e47797330e47714dcbef79b600832578a',3.5,2);
INSERT INTO "assessment_sections" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26',11,'learning','26e75b79e57d4f81ce762077b25cd64c787108efc89afc1214967f2b41e3ba59',3.0,2);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',0,'design','4d6eac7edefe52b3c80bab2d8cc0acc82882f6debdd0a99bc30ecfe691339337',3.5,3);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',1,'tradeoffs','e4afdb5c07c1dd7ba3fe912138b33e978e7ef0727ff6aa6c9d84ddb6f3e67a17',3.5,3);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',2,'systems','203169ec0d11c124ca4ea09ea01b9638c18a7edf20c357f8c94e5fa6bf69b764',3.5,3);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',3,'roadmap','d9f7bf2ab9438de3c3c26a640e2885de43c63c06ad72f480e8c48a10dd66e0a9',3.5,2);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',4,'debt','4e30f5fa143297ff27ab8a895bfe34e8a5f4bba74f46e0c9fb21d86501ec5e06',3.5,3);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',5,'vision','37fdb425bad111d741c4d51e2906fb0a6909555f00c841ac35a3975290b0aef2',3.0,1);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',6,'bridge','93883041ff5ab22615291a60687d91ea95cabdca1098ff186abcc2f1a11c7aea',3.0,2);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',7,'coaching','425a559b64e2dc7dc64dd512fbb1f2446027278533c5b4aeddbcea612065a7e0',3.5,3);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',8,'ownership','3da6417cd7682f496618972553fb05d51efbcc43b317c1643b5f0334052a561c',3.5,2);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',9,'credibility','92ef9954932814861faa30bc69b5a134976abf77455dde26db4f036c8d0d0d2e',3.5,3);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',10,'authenticity','a04779b0b7c51aa98c1259ec9cec951e47797330e47714dcbef79b600832578a',3.5,2);
INSERT INTO "assessment_sections" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6',11,'learning','26e75b79e57d4f81ce762077b25cd64c787108efc89afc1214967f2b41e3ba59',3.0,2);
CREATE TABLE assessments (
    id                    TEXT PRIMARY KEY,
    manager_id            TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    questionnaire_id      TEXT NOT NULL,
    questionnaire_version INTEGER NOT NULL,
    questionnaire_name    TEXT NOT NULL,
    scope                 TEXT NOT NULL,
    craft                 TEXT NOT NULL,
    form                  TEXT NOT NULL CHECK (form IN ('full', 'pulse')),
    period_start          TEXT NOT NULL,
    period_end            TEXT,
    scale_hash            TEXT NOT NULL REFERENCES contents (hash),
    state                 TEXT NOT NULL CHECK (state IN ('draft', 'finished')),
    started_at            INTEGER NOT NULL,
    finished_at           INTEGER,
    item_variance         REAL,
    degrees               REAL,
    constants             TEXT
, name TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
INSERT INTO "assessments" VALUES('6CWZ4XC6WJUC256A4G7CYZ2N4M','7OC2QEZERALM73MM6WZWK36N5T','first-team',1,'Leading a first team','first-team','software','full','2026-08-30','2026-11-29','ce6cbce728ed9d50feb7c8aa7318f24bd88cd5084f0a24499ddceb86bcb7fbc8','finished',1795917103781,1795917103896,0.82,12.0,'{"prior_item_variance":0.82,"prior_degrees_of_freedom":12,"competency_mood_variance":0.05,"day_mood_variance":0.02,"band_level":0.8,"changed_level":0.05,"possible_level":0.2,"minimum_answered_competency":2,"minimum_answered_group":5,"minimum_answered_pulse_area":3,"minimum_shared_whole":12,"minimum_shared_outcome_or_pillar":5,"minimum_shared_area":3,"minimum_shared_competency":2,"minimum_share_of_shorter_form":0.6,"minimum_trend_sittings":4,"careless_minimum_answered":12,"careless_identical_share":0.8,"careless_seconds_per_item":2}','');
INSERT INTO "assessments" VALUES('BSRWPXOEMF2SPAM53OLM7D2M26','7OC2QEZERALM73MM6WZWK36N5T','first-team',1,'Leading a first team','first-team','software','full','2026-08-30',NULL,'ce6cbce728ed9d50feb7c8aa7318f24bd88cd5084f0a24499ddceb86bcb7fbc8','draft',1795917103976,NULL,NULL,NULL,NULL,'');
INSERT INTO "assessments" VALUES('JH5PWG3O454T6VNWGI5WRMASQ6','7OC2QEZERALM73MM6WZWK36N5T','first-team',1,'Leading a first team','first-team','software','pulse','2026-08-30','2026-11-29','ce6cbce728ed9d50feb7c8aa7318f24bd88cd5084f0a24499ddceb86bcb7fbc8','finished',1795917103903,1795917103970,0.82,12.0,'{"prior_item_variance":0.82,"prior_degrees_of_freedom":12,"competency_mood_variance":0.05,"day_mood_variance":0.02,"band_level":0.8,"changed_level":0.05,"possible_level":0.2,"minimum_answered_competency":2,"minimum_answered_group":5,"minimum_answered_pulse_area":3,"minimum_shared_whole":12,"minimum_shared_outcome_or_pillar":5,"minimum_shared_area":3,"minimum_shared_competency":2,"minimum_share_of_shorter_form":0.6,"minimum_trend_sittings":4,"careless_minimum_answered":12,"careless_identical_share":0.8,"careless_seconds_per_item":2}','');
CREATE TABLE attempts (
    purpose      TEXT NOT NULL,
    subject      TEXT NOT NULL,
    window_start INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (purpose, subject, window_start)
) STRICT, WITHOUT ROWID;
CREATE TABLE browsers (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
, label TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE TABLE compactions (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    deletions INTEGER NOT NULL,
    compacted INTEGER NOT NULL
) STRICT;
INSERT INTO "compactions" VALUES(1,0,0);
CREATE TABLE contents (
    hash TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "contents" VALUES('03cf8d54219e6f01ae53225b40fde7835f8d29f783180e64ce6419c25e4e48c7','{"anchors":{"1":"I ask for more data and give the question another meeting.","3":"I say which way I would go, and tell the earlier case and where it differs from ours.","5":"The team moved that day, watching for the sign I had named that would prove me wrong."},"competency":"tradeoffs","id":"tradeoffs.first-team.earlier-case","illustrations":{"applied-science":"too few users for an A/B test; interleaving two rankers once settled such a question for you in a week.","software":"there are no load figures before launch; the last launch you saw broke on sign-up and not on traffic."},"outcomes":["support","decisions"],"pillar":"acumen","text":"When the team is stuck for lack of facts, I propose a direction from a case I have seen before."}');
INSERT INTO "contents" VALUES('203169ec0d11c124ca4ea09ea01b9638c18a7edf20c357f8c94e5fa6bf69b764','{"anchors":{"1":"They know the main parts and who owns each, and take the effects of a change from its author.","3":"They check proposals against how the system runs, and follow effects past the team''s own parts.","5":"They found an interaction that nobody had listed, and a release or a fix was changed because of it."},"competency":"systems","definition":"You know your team''s stack well enough to judge a proposal by how its parts really act on each other."}');
INSERT INTO "contents" VALUES('247557a42c1ed2b6023ff5bdeb0e357c37f17614e71315208845708a90f9a087','{"anchors":{"1":"I read the summary and see that the follow-up actions have owners and dates.","3":"I draw the chain from trigger to symptom and ask about the link that I cannot explain.","5":"My question about that link moved the fix to another part, and the symptom has stayed away."},"competency":"systems","id":"systems.first-team.unexplained-link","illustrations":{"applied-science":"the metric fell on Monday and the model dates from May; which table upstream was backfilled on Sunday?","software":"a deploy in one service, timeouts in another, and between them a connection pool that nobody mentions."},"outcomes":["support","prevention"],"pillar":"acumen","text":"After an incident or an odd result, I follow its causes from part to part."}');
INSERT INTO "contents" VALUES('26e75b79e57d4f81ce762077b25cd64c787108efc89afc1214967f2b41e3ba59','{"anchors":{"1":"They pick up what passes, in a link, a talk or a review, and hear of new tools from the people who tried them.","3":"They keep a learning hour, try new tools on small things of their own, and ask engineers to teach them.","5":"The team uses a tool or an answer that came out of their learning, and somebody took up the habit."},"competency":"learning","definition":"You keep learning on purpose, in time set aside, from your team and peers, with your own hands, and fast when an answer is missing."}');
INSERT INTO "contents" VALUES('287bd22528b2d80e62ed67f03a8736adcfdfb6c5b8a7e8034fe2c846fba4d5cb','{"anchors":{"1":"I pass on what looks interesting, and leave open what it might be for.","3":"I name whose cost, delay or complaint it would ease, with a rough size, to someone who could act on it.","5":"A possibility that I brought up is in use, and someone outside the team has felt the difference."},"competency":"vision","id":"vision.first-team.possibility-meets-problem","illustrations":{"applied-science":"speech models now cope with our callers'' dialect; a third of the calls are still typed up by hand.","software":"browsers can keep a form alive offline; our field staff lose half an hour whenever they enter a basement."},"outcomes":["innovation","translation"],"pillar":"acumen","text":"I connect something newly possible in technology with a cost or a complaint that the business has."}');
INSERT INTO "contents" VALUES('2a61e469cbd64028c73cbd28bbba65f36ecb7d37c947eebff26dec60c376348c','{"anchors":{"1":"I offer more time, or the name of somebody who may know.","3":"I read the logs, the diff or the failing case beside them, and we rule out causes one by one.","5":"An engineer got past something that had cost days, and names the question of mine that opened it."},"competency":"credibility","id":"credibility.first-team.hands-off-help","illustrations":{"applied-science":"the loss turns to NaN at step 40,000; you ask which batch came just before.","software":"a deploy fails in one region only; you put the two configurations side by side and read them aloud."},"outcomes":["support","trust"],"pillar":"acumen","text":"I help a stuck engineer look for the way out while the keyboard stays with them."}');
INSERT INTO "contents" VALUES('2a7700a00537ccc94cab9700a8c1616448c080864944f46911eef59ceb989952','{"anchors":{"1":"I ask the room for objections and take silence as agreement.","3":"I turn to a quiet person by name, or see them beforehand, and ask what worries them in it.","5":"An objection found this way changed the design, and the record says whose it was."},"competency":"design","id":"design.first-team.unheard-objection","illustrations":{"applied-science":"everyone likes the new loss; the person who labelled the data has been silent since the second slide.","software":"two seniors agree on an event bus; the engineer who is on call for it next week has said nothing."},"outcomes":["support","decisions"],"pillar":"empathy","text":"Before a design is agreed, I ask for the objection of someone who has not spoken."}');
INSERT INTO "contents" VALUES('37fdb425bad111d741c4d51e2906fb0a6909555f00c841ac35a3975290b0aef2','{"anchors":{"1":"They pass on what they read, and let keen people try things in spare time.","3":"They tie a possibility to a problem the business has, and test it with a question and a last day.","5":"Something they spotted is in use, and people whose trials they ended still bring them ideas."},"competency":"vision","definition":"You notice what technology could newly do for the business, test it cheaply and let go of what fails."}');
INSERT INTO "contents" VALUES('3da6417cd7682f496618972553fb05d51efbcc43b317c1643b5f0334052a561c','{"anchors":{"1":"They settle technical disputes themselves to save time, or meet the detail only once something has broken.","3":"They know what is being decided and ask about it, and the engineers decide and put their names to it.","5":"The team carried through a weighty technical decision that this manager had doubted and still backed."},"competency":"ownership","definition":"You stay close enough to the technical work to be of use, and leave the decisions on how to build it with the team."}');
INSERT INTO "contents" VALUES('402639884b6b7b191a4fc7f7c0201e6b47f23b5a1f99de5e9f46d0a9461a9dc4','{"anchors":{"1":"I take the written request to the team for an estimate, and return with a date or a no.","3":"Before anything is written up I bring two or three versions, each with its effort and its loss.","5":"An idea was reshaped around a version I had offered, before anyone built the costly one."},"competency":"bridge","id":"bridge.first-team.sketch-stage","illustrations":{"applied-science":"''catch every fake review'' could be a hint, a queue for people or a hard block, each with its own false alarms.","software":"''tell users at once'' could be a push, a poll each minute or a morning digest, and each wakes the on-call differently."},"outcomes":["translation","prevention"],"pillar":"acumen","text":"While a product manager''s idea is still a sketch, I offer feasible versions of it with what each gives up."}');
INSERT INTO "contents" VALUES('425a559b64e2dc7dc64dd512fbb1f2446027278533c5b4aeddbcea612065a7e0','{"anchors":{"1":"They answer technical questions helpfully, and their feedback goes mostly to the juniors and to those who ask.","3":"They have junior and senior engineers reason through real work, and stay beside them when it is contested.","5":"An engineer one could name now handles alone a kind of problem that used to come to this manager."},"competency":"coaching","definition":"You leave engineers at every level able to do something technical that they could not do before, and stand by them while it is hard."}');
INSERT INTO "contents" VALUES('49d36d9b8eccf2bde2753309269f60049817e797c942ba41b5e4fa11422188aa','{"anchors":{"1":"I keep my question for later, and look it up after the meeting.","3":"I say which part I do not follow, and ask to have it explained in plain words.","5":"After my question someone else owned up to the same gap, and a guess taken for fact came to light."},"competency":"authenticity","id":"authenticity.link.edge-of-knowledge","illustrations":{"applied-science":"the estimator is called doubly robust, half the room nods, and you could not define the term.","software":"the talk turns to consensus protocols, which you last met at university, and a decision is ten minutes away."},"outcomes":["trust","decisions"],"pillar":"empathy","text":"When a discussion passes the edge of what I know, I say so in the room."}');
INSERT INTO "contents" VALUES('4d6eac7edefe52b3c80bab2d8cc0acc82882f6debdd0a99bc30ecfe691339337','{"anchors":{"1":"They read the designs, attend the reviews and lean on the most senior engineer''s verdict.","3":"Their questions go to what a design assumes and to what could not be undone, and reviews stay there.","5":"Designs changed shape because of them, and authors now arrive with those questions already answered."},"competency":"design","definition":"You steer the shape of what your team builds by the questions you ask and the doubts you bring to light."}');
INSERT INTO "contents" VALUES('4e30f5fa143297ff27ab8a895bfe34e8a5f4bba74f46e0c9fb21d86501ec5e06','{"anchors":{"1":"They agree that debt matters, and repairs happen in quiet weeks.","3":"They put a figure on a repair, ask who pays for it today, and name the event that would bring it forward.","5":"A repair went ahead of a feature on their figure, and the team has the hours back."},"competency":"debt","definition":"You know what past choices cost your team in hours, and when paying for one comes before building more."}');
INSERT INTO "contents" VALUES('5154faef2cd9f3c3e6b29d8fd8149a0f6de4ed7a81eb82f11af237a31dc6df4b','{"anchors":{"1":"I order it by what others wait for, and the unknowns turn up when we reach them.","3":"Each unknown has an early look in the plan, with a day on which we say what it means for the rest.","5":"An early look made us cut or reorder work weeks before a date would have slipped."},"competency":"roadmap","id":"roadmap.first-team.unknowns-first","illustrations":{"applied-science":"nobody knows whether the labels cover the rare languages; does the plan look before the model work or after?","software":"the payment provider''s sandbox behaves unlike production; does the plan find out in week one or in week nine?"},"outcomes":["planning","prevention"],"pillar":"acumen","text":"In the plan, I put the work that we understand least near the start."}');
INSERT INTO "contents" VALUES('54ba64f38aa1c238296db8be3523a25ddc8901226dbd8c870004e52eee4f351b','{"anchors":{"1":"I read what comes my way, such as a link, a talk or a thread in the evening.","3":"A fixed hour has a subject and a source, and in a crowded week I move it rather than lose it.","5":"Something from that hour changed a plan, a tool or a question that is now asked in reviews."},"competency":"learning","id":"learning.link.time-set-aside","illustrations":{"applied-science":"Thursday at nine, the paper that your scientists keep citing, read as far as the ablation table.","software":"Thursday at nine, a paper on moving a live database without a pause, read with a pencil."},"outcomes":["innovation"],"pillar":"acumen","text":"I set time aside to learn something technical that no deadline asks for."}');
INSERT INTO "contents" VALUES('57cfa0c95194a11b0fb554e79be648ec43c0992d85a99197dafdba1dbeb96eba','{"anchors":{"1":"I have an investigation put on the board, and wait for what it finds.","3":"I read the source, the manual or the paper myself, and bring back what is known and what is not.","5":"Work that had stopped went on from what I had found out, and an engineer built on it."},"competency":"learning","id":"learning.first-team.missing-answer","illustrations":{"applied-science":"nobody knows how the new embedding behaves on two-word queries, and the launch plan hangs on it.","software":"nobody knows whether the vendor''s queue keeps its order after a failover, and the design hangs on it."},"outcomes":["support","decisions"],"pillar":"acumen","text":"When work waits on an answer that nobody has, I learn enough that same week to move it on."}');
INSERT INTO "contents" VALUES('5def6deb39f3cab4d9b7b21f1d0afa038a6476ffb611d3431d9f20771f9c1550','{"anchors":{"1":"I lay out why mine is safer, and they come round to it.","3":"We set a time, a cost and a sign that it has failed, and until then I leave it alone.","5":"One I doubted became how we work, or its author ended it by the agreed sign, with no push from me."},"competency":"ownership","id":"ownership.first-team.other-way","illustrations":{"applied-science":"a scientist wants to label 500 hard cases by hand, where you would have bought more data.","software":"an engineer wants generated tests for the pricing rules, where you would have written forty examples."},"outcomes":["innovation","trust"],"pillar":"empathy","text":"If an engineer prefers a way I would not have taken, I let it run within limits we have agreed on."}');
INSERT INTO "contents" VALUES('65c5a7afaf740e0d31408a6a003ea7c4856ad5d6bd0249f3c59f00ce218ccc8f','{"anchors":{"1":"I pick things up from reviews and meetings as they pass.","3":"I take the pupil''s seat, for an hour at someone''s screen or at a hackathon under an engineer''s lead.","5":"A real decision went another way because of what one of them had taught me, and they know it."},"competency":"learning","id":"learning.first-team.taught-by","illustrations":{"applied-science":"a scientist takes you through the evaluation notebook cell by cell, then leaves you the next slice.","software":"the newest engineer shows you how she reads a flame graph, then hands you the next one."},"outcomes":["trust","innovation"],"pillar":"empathy","text":"I ask an engineer or a fellow manager to teach me something that they know better."}');
INSERT INTO "contents" VALUES('721aed0a4780ddc3c1a05ac871326f3ff65f98ca2a1c5e7d4ff10869e721079d','{"anchors":{"1":"They know my background, and work out the rest from my questions.","3":"I have shown them my map, with the whole in outline, one part down to the code, and the blanks marked.","5":"An engineer took a question past me to someone who knows, because my map showed a blank there."},"competency":"authenticity","id":"authenticity.first-team.told-depth","illustrations":{"applied-science":"you know the ranking model inside out, the feature store as a box with arrows, the serving fleet by name.","software":"you know the order service line by line, the payment gateway as a box with arrows, the mobile build not at all."},"outcomes":["trust","decisions"],"pillar":"empathy","text":"I tell my engineers which parts of our system I know in depth, in outline, or only by name."}');
INSERT INTO "contents" VALUES('8979c864c197c8042b05eed50dc29ba2bbb2c891a3122f71fc423c315f142427','{"anchors":{"1":"I take the estimate I am given, add a margin and agree to the result.","3":"I take off on-call, leave and empty posts first, and show the sum next to the date.","5":"A promise was made smaller or later, before it was given, because of the sum I showed."},"competency":"roadmap","id":"roadmap.link.weeks-before-dates","illustrations":{"applied-science":"the annotators are booked until May and the GPU quota is shared with two groups, but the plan counts on both from Monday.","software":"six engineers on paper, but one is on call each week, one leaves in March and two are still busy with the migration."},"outcomes":["planning","prevention"],"pillar":"acumen","text":"Before I agree to a date, I set the work against the weeks that people really have left."}');
INSERT INTO "contents" VALUES('8ef0ab845e8b801f6e3799a123eb2a31eace80bbb2b0fb783bbe462c86b26a7a','{"anchors":{"1":"I add it to the list, and it is taken up when a quiet week comes.","3":"It gets a trigger, such as a growth figure or an end of support, or we agree to live with it.","5":"A trigger was met, and I let a planned feature wait until that debt was paid."},"competency":"debt","id":"debt.first-team.event-that-puts-it-first","illustrations":{"applied-science":"the training script has one customer''s columns written into it; the second customer is what puts the rewrite first.","software":"the home-made job scheduler will do until there is a second region; signing the second region is what puts it first."},"outcomes":["planning","prevention"],"pillar":"acumen","text":"For a debt that the team raises, I name the event that would put it ahead of features."}');
INSERT INTO "contents" VALUES('8f981c54c195edcbedae2dca6b2038684b9a248f2083547771fe382ad2bab3af','{"anchors":{"1":"I ask the author which parts are affected and see that their owners are told.","3":"I go one step past that list, to what reads, calls or trains on the changed part, and ask there.","5":"I found an effect that nobody had listed, and the change was altered or held because of it."},"competency":"systems","id":"systems.link.past-the-list","illustrations":{"applied-science":"a feature is now computed daily instead of hourly; which model was trained on the fresher one?","software":"a field becomes optional; which report, two teams away, still divides by it?"},"outcomes":["prevention","decisions"],"pillar":"acumen","text":"For a proposed change, I trace which other parts will behave differently because of it."}');
INSERT INTO "contents" VALUES('90adf8e0157c7243b261f8665b902e70e91dd890b20783cc7b6862536a29384e','{"anchors":{"1":"I step in and answer for them, or calm things afterwards with whoever pressed.","3":"I slow the room down and ask for the facts, and the engineer goes on in their own words.","5":"An engineer went into the next such room without me, and came out with the point made."},"competency":"coaching","id":"coaching.first-team.hard-moment","illustrations":{"applied-science":"in the launch review a director calls the confidence interval ''just statistics'' and wants a yes.","software":"at two in the morning three managers join the call and ask the on-call engineer for a time to recovery."},"outcomes":["support","trust"],"pillar":"empathy","text":"I back an engineer who is pressed hard in a review or an incident, without taking over the answer."}');
INSERT INTO "contents" VALUES('918dbb2d79684914282a46ad9d7f5eb2fbc6f7d6245f009202a60eaffadc5418','{"anchors":{"1":"I ask what the risks are, and give each choice the time that its size suggests.","3":"I say which choices we can undo and let those go; the others first get a test or a second opinion.","5":"One that I had held back was stopped or reshaped before any date had been built on it."},"competency":"tradeoffs","id":"tradeoffs.first-team.hold-what-cannot-be-undone","illustrations":{"applied-science":"a threshold can be changed back by lunch; a year of labelling cannot be unbought, and first two people label the same 200.","software":"a flag can be switched back by lunch; moving all tenant data runs one way, and first gets a week of shadow reads."},"outcomes":["prevention"],"pillar":"acumen","text":"I hold a choice back for a closer look when we could not undo it later."}');
INSERT INTO "contents" VALUES('92ef9954932814861faa30bc69b5a134976abf77455dde26db4f036c8d0d0d2e','{"anchors":{"1":"They are kind and within reach; technical trouble goes to whoever is free, and promises wait for a quiet week.","3":"They sit over the logs with a stuck engineer and type nothing, know what slows the day, and keep their word.","5":"Engineers bring them trouble early, and name a fix, a removed obstacle or a kept promise as the reason."},"competency":"credibility","definition":"You are useful in the work itself without doing it for your engineers, and they trust your word because you know their day."}');
INSERT INTO "contents" VALUES('93883041ff5ab22615291a60687d91ea95cabdca1098ff186abcc2f1a11c7aea','{"anchors":{"1":"They pass requests in and dates out faithfully, and the technical reasons stay inside the team.","3":"They bring product feasible versions early, and explain technical choices by what customers get.","5":"Someone in product or leadership changed a plan because of their explanation, and can retell it."},"competency":"bridge","definition":"Between your team and the people outside engineering, you carry what is possible, what it costs and what was decided, so that both act on the same facts."}');
INSERT INTO "contents" VALUES('968cb301e831e35b371b72f1184f2684975b5d91fae0dca0f50e91244c571d4c','{"anchors":{"1":"I choose, so that the work can go on, and explain my choice.","3":"I name the limits that bind them, such as a cost or a date, and we settle who decides by when.","5":"A decision came back that I would not have made, it stood, and its owners answered for how it went."},"competency":"ownership","id":"ownership.link.hand-back","illustrations":{"applied-science":"two senior scientists are split between fine-tuning and better retrieval, and both look at you.","software":"two senior engineers are split between a shared library and two copies, and both look at you."},"outcomes":["trust","decisions"],"pillar":"empathy","text":"Asked to decide how something is built, I hand the decision back to those who will build it."}');
INSERT INTO "contents" VALUES('98fe1c224527cf46f091a4202a546848553a232d6635a6d5ae412147c6fda47c','{"anchors":{"1":"I ask the senior engineer I usually ask, whatever the subject.","3":"I go to the engineer, designer or product partner who knows, and say whose judgement I am using.","5":"A decision went against my first view on an expert''s word, and the team heard whose word it was."},"competency":"authenticity","id":"authenticity.first-team.right-expert","illustrations":{"applied-science":"on the labelling guide, the lead annotator has read four thousand cases, and you have read forty.","software":"on the checkout form, the UX partner has watched twelve people fail, and you have an opinion."},"outcomes":["decisions","prevention"],"pillar":"acumen","text":"For a question outside my depth, I go to the person who knows it best before I take a view."}');
INSERT INTO "contents" VALUES('9c2e401e6fd407eef29f54eddd264df80e708db42b1a9b1b2a785b588c7c0c51','{"anchors":{"1":"I hear of obstacles when somebody raises them, in a one-to-one or a retrospective.","3":"I sit through a build, a review or a night on call, and note the worst obstacle and its minutes.","5":"An obstacle that everyone had grown used to is gone, because I saw it and freed the time to remove it."},"competency":"credibility","id":"credibility.first-team.daily-obstacles","illustrations":{"applied-science":"every experiment begins with a morning spent hunting for the right snapshot of the data.","software":"the suite takes 25 minutes and fails one run in six, so everybody has learnt to press retry."},"outcomes":["trust"],"pillar":"empathy","text":"I go and see for myself what slows an engineer''s ordinary day."}');
INSERT INTO "contents" VALUES('a00209f688dceb50960fdd1c2727f7674f8e599385f9c0908650cefbdebef617','{"anchors":{"1":"I read the document beforehand and see that the review ends with a decision.","3":"I name that part, such as a schema or a public interface, and keep us on it before the details.","5":"That part was redrawn because I kept us on it, and the details stayed with the author."},"competency":"design","id":"design.link.hard-to-undo","illustrations":{"applied-science":"an hour went on the choice of model; nobody has touched the label definition that years of data will carry.","software":"the talk is all about which cache to use; the customer id that every other team will store got two minutes."},"outcomes":["decisions","support"],"pillar":"acumen","text":"In a design review, I bring the discussion back to the part that will be hardest to change later."}');
INSERT INTO "contents" VALUES('a04779b0b7c51aa98c1259ec9cec951e47797330e47714dcbef79b600832578a','{"anchors":{"1":"They look up afterwards what they did not follow, and the team works out for itself what they know well.","3":"They say aloud what they do not follow, have told the team where their depth lies, and ask the right expert.","5":"Engineers name their own gaps because this manager does, and a decision has gone to the one who knew most."},"competency":"authenticity","definition":"You know the whole in outline and preferably one part in depth; you say where your knowledge ends and rely on those who know more."}');
INSERT INTO "contents" VALUES('a3953231bea193cc4bd0a6427f8ad7deda4cae262e77c9bcaeb3015343a57efb','{"anchors":{"1":"We talk about progress and obstacles, and my technical feedback goes to the juniors.","3":"Each has a named skill and a real task to practise it on, and we look back on how the task went.","5":"A senior engineer, not only a junior, now does unaided what we had picked out to practise."},"competency":"coaching","id":"coaching.first-team.skill-for-each","illustrations":{"applied-science":"a graduate learns to slice errors by segment; a principal scientist learns to stop an experiment in time.","software":"a junior learns to read a flame graph; a staff engineer learns to write a migration plan that others can run."},"outcomes":["trust"],"pillar":"empathy","text":"With each engineer, the most senior included, I work on a technical skill that we have picked together."}');
INSERT INTO "contents" VALUES('a71ba1c2ae3585a9c2d6b0a4b6931206b49c5fc524af3c9feee816da556258f2','{"anchors":{"1":"I give it a little longer, or let it fade as people turn to other work.","3":"That day I tell those who worked on it first, then write down what it showed and what they do next.","5":"Someone whose trial I had ended came back with another, built on what the first one showed."},"competency":"vision","id":"vision.first-team.end-on-the-day","illustrations":{"applied-science":"the graph model was to beat the simple one by two points and beats it by a tenth of one, after a month.","software":"the new build tool was to halve the wait and saved a tenth; the branch that depends on it is already large."},"outcomes":["innovation","planning"],"pillar":"empathy","text":"When a trial misses its mark, I end it on the day we had agreed."}');
INSERT INTO "contents" VALUES('b55eec4e878771731602ec914dab5afe751a227e100fc8814a6d6fddf5da9f76','{"anchors":{"1":"I say what we chose, in plainer technical words, and when it will be ready.","3":"I name the moment or the figure it touches: a longer wait, fewer refunds, a lower cost per order.","5":"In a meeting I was not in, product or finance argued from the effect I had named, as I heard later."},"competency":"bridge","id":"bridge.link.customer-terms","illustrations":{"applied-science":"the smaller ranking model loses half a point offline and answers in 40 ms; what will a shopper see of either?","software":"with asynchronous payments a buyer reads ''pending'' for up to a minute; how many of them will order a second time?"},"outcomes":["translation","decisions"],"pillar":"acumen","text":"To product or leadership, I explain a technical choice by what it changes for customers or the business."}');
INSERT INTO "contents" VALUES('bc42c1f1127d5b1dd96f88fc066a269806acdd3a58993ea113de668728136a68','{"anchors":{"1":"I ask whether it covers the requirements and when it will be ready.","3":"I pick out the one assumption that would sink it, about volume, order or data, and ask for evidence.","5":"Someone went to check because I asked, and what we built is a different design."},"competency":"design","id":"design.first-team.main-assumption","illustrations":{"applied-science":"clicks stand in for satisfaction, also on the help page where people click because they are lost.","software":"the design allows one writer per account; has anyone looked at what the nightly import does?"},"outcomes":["decisions","prevention"],"pillar":"acumen","text":"When I read a design, I ask how we know that the assumption it rests on is true."}');
INSERT INTO "contents" VALUES('ce6cbce728ed9d50feb7c8aa7318f24bd88cd5084f0a24499ddceb86bcb7fbc8','{"absent":"It did not come up","between":{"2":"beyond 1; 3 not yet usual","4":"3 is usual; 5 has happened once"},"instruction":"Choose the highest level that fits most occasions in this period."}');
INSERT INTO "contents" VALUES('cf2fd89bbdb40d6cd22529f097d70d20e07eaf90567023f06a3a14f4ea178de2','{"anchors":{"1":"I see that effort and risk are compared, with customers as a reason in general.","3":"For each option I say who would notice and how, and fetch what we do not know from support or finance.","5":"The option the engineers liked best lost on that, and they give the customer''s reason themselves."},"competency":"tradeoffs","id":"tradeoffs.first-team.customer-side","illustrations":{"applied-science":"the larger model gains half a point offline and adds 200 ms to every search on a cheap phone.","software":"a rewrite halves the build time; the dull patch halves the time that a shopper waits to pay."},"outcomes":["translation","decisions"],"pillar":"acumen","text":"While the team weighs options, I add to each what a customer or the business would notice of it."}');
INSERT INTO "contents" VALUES('cf70348815f1f372b3ad02d7a43c2d8a8efe8377f23dbf09528509a68ec212b7','{"anchors":{"1":"I call it old or fragile, and ask for a share of the quarter.","3":"I give the hours lost, whose they are and what waits for them, from tickets or a tally.","5":"A repair moved ahead of other work on my figure, and I counted afterwards what came back."},"competency":"debt","id":"debt.link.price-of-leaving-it","illustrations":{"applied-science":"each retraining begins with two days of patching labels, because of a schema that changed long ago.","software":"every release costs an engineer a day of checks by hand; at two a month, that is five weeks a year."},"outcomes":["planning","translation"],"pillar":"acumen","text":"When I ask for time to repair something, I put a figure on what leaving it would cost."}');
INSERT INTO "contents" VALUES('d9f7bf2ab9438de3c3c26a640e2885de43c63c06ad72f480e8c48a10dd66e0a9','{"anchors":{"1":"They pass on the team''s estimates with a margin, and fit new work in as it comes.","3":"Their plan starts from the weeks people have, marks its unknowns and says what a new request pushes out.","5":"A promise was cut back before it was given because of their sums, and other teams plan by their dates."},"competency":"roadmap","definition":"You commit your team''s people and weeks to a plan that counts what they really have, and change it in the open."}');
INSERT INTO "contents" VALUES('dd2f2becd9cb16f4e0c351c596eada01953045be5c4d541d210a9be2a8fe1d1c','{"anchors":{"1":"I mean it when I say it, and get to it when the week allows or somebody asks again.","3":"Each promise has a date that the engineer can see, and I say so before it slips.","5":"Someone staked a plan on my word alone, and what I had promised was there on the day."},"competency":"credibility","id":"credibility.link.kept-promises","illustrations":{"applied-science":"the GPU quota before the ablations start, or a relabelled test set by the end of the month.","software":"a written decision on the API version by Tuesday, or two quiet weeks to replace the test harness."},"outcomes":["trust"],"pillar":"empathy","text":"When I promise an engineer something technical, I see it through without being reminded."}');
INSERT INTO "contents" VALUES('dd86b5f6921792e0e9b598c7978e567e505d154d47bcc7ff0eaab5e5793a958a','{"anchors":{"1":"I go by the document and by my trust in its author.","3":"I look at the graph, the configuration or the code path it relies on before I answer.","5":"What I found contradicted the proposal, and it was corrected before the work began."},"competency":"systems","id":"systems.first-team.as-it-runs","illustrations":{"applied-science":"nightly batch scores are to become real-time inference; how long is a feature lookup at the evening peak?","software":"direct calls are to replace a queue between two services; what of the minute in which one is redeployed?"},"outcomes":["decisions","prevention"],"pillar":"acumen","text":"Before I back a technical proposal, I check it against how our system runs today."}');
INSERT INTO "contents" VALUES('ddc4551063d89b04497d5ccca24c0658baea5cfd22269c106c5a4bf0807424dd','{"anchors":{"1":"I tell people what we chose and the reasons for it.","3":"I also write down the option we turned down and the fact that would reopen the choice.","5":"Such a fact turned up, and we changed course on the strength of what I had written."},"competency":"tradeoffs","id":"tradeoffs.link.way-back","illustrations":{"applied-science":"we keep the boosted trees, and the neural ranker comes back if free text becomes half of the signal.","software":"we stay in one region, and look again at two once a tenth of the orders come from overseas."},"outcomes":["decisions","prevention"],"pillar":"acumen","text":"Before a choice is final, I put on record what would bring the rejected option back."}');
INSERT INTO "contents" VALUES('ddc767c8b6d200c6cb510f09cd03aed5c1756f012fe5f1e015de7505ae1142ca','{"anchors":{"1":"I let people try things on a spare day, and hear afterwards how it went.","3":"The question, the last day and the result that would mean no are written down before it starts.","5":"What we built next changed because of a trial that had cost us days."},"competency":"vision","id":"vision.link.small-trial","illustrations":{"applied-science":"would a small open model do for routing tickets? Three hundred labelled tickets, one week, the error rate that means no.","software":"could the database we already run replace the search cluster? Two people, one week, last month''s slowest queries."},"outcomes":["innovation","planning"],"pillar":"acumen","text":"Before we build on something new, I set up a small trial with a question to answer."}');
INSERT INTO "contents" VALUES('dfd5c5a8aca46972e936f3ae073edaf1d2e73a9141c113fb4c5676b7c3e701db','{"anchors":{"1":"I follow the announcements, and watch someone''s demonstration.","3":"I have made a thing of my own with it, and show the team where it worked and where it broke.","5":"An engineer went on from my toy, and the team took the tool up or turned it down on what came of it."},"competency":"learning","id":"learning.first-team.try-for-fun","illustrations":{"applied-science":"a small open model tuned on a box of family recipes, which then invented a cake.","software":"a coding agent set loose on your own photo archive, where it dated half the pictures wrongly."},"outcomes":["innovation"],"pillar":"acumen","text":"I build something small, for the fun of it, with a tool or technique that is new to me."}');
INSERT INTO "contents" VALUES('e16e5851cf8ee909f928798b9d19dc351ea190e032c4df93093a6f8f117004b5','{"anchors":{"1":"I give my answer with the reasons for it, since they are waiting and I have met the problem before.","3":"I ask what they have ruled out and what would prove them wrong, then add only what is missing.","5":"Someone has solved the next problem of that kind without me, starting from the questions I used to ask."},"competency":"coaching","id":"coaching.link.reason-first","illustrations":{"applied-science":"a scientist asks for a bigger model; which errors have they read, and would more of the same data cure them?","software":"an engineer asks for a cache in front of the catalogue; which slow request have they traced, and how stale may it be?"},"outcomes":["trust","support"],"pillar":"empathy","text":"When someone brings me a technical problem, I have them reason it through before I say what I would do."}');
INSERT INTO "contents" VALUES('e4afdb5c07c1dd7ba3fe912138b33e978e7ef0727ff6aa6c9d84ddb6f3e67a17','{"anchors":{"1":"They see that the options are discussed, then back the one with the most support.","3":"They compare options by what a customer or the business would notice, and say what is given up.","5":"A costly choice was stopped or reversed in time, thanks to a test or a condition they had set."},"competency":"tradeoffs","definition":"You help the team choose while the choice is still open, even when facts are missing, and you keep a way back."}');
INSERT INTO "contents" VALUES('e989d28f865655e22fa0c94e4a3cfe3211d9f1eaaaaa027613ac217994112cd6','{"anchors":{"1":"I take the doubt back to the team, and return with an answer or with the tech lead.","3":"On the spot I give the reasons, the option that was turned down and what the team is still unsure of.","5":"The doubt was settled on that case, for or against us, and the engineers recognised it as their own."},"competency":"bridge","id":"bridge.first-team.case-upward","illustrations":{"applied-science":"a vice president asks why the model that won the offline test is not live yet.","software":"the director asks why the login rewrite needs two quarters when a vendor promises it in six weeks."},"outcomes":["translation","support"],"pillar":"empathy","text":"When a leader doubts a technical decision of the team, I put the case as the team would, its weak points included."}');
INSERT INTO "contents" VALUES('ec4767a052c50915f53e07ba354deb4bf9c65f50c1c6e8601175ee052fe2affa','{"anchors":{"1":"I find room for it, and the team stretches.","3":"I say in the same conversation what would stop or slip, and who is waiting for that.","5":"The person asking shrank, swapped or withdrew the request when I showed them what it would displace."},"competency":"roadmap","id":"roadmap.first-team.what-it-pushes-out","illustrations":{"applied-science":"a director wants a demo of the new model next week; the person who would build it is running the holdout experiment.","software":"sales wants single sign-on for one customer by June; the only two who could do it are halfway through the storage move."},"outcomes":["planning","translation"],"pillar":"empathy","text":"I name what unplanned work would push out before I accept it."}');
INSERT INTO "contents" VALUES('f3c02354f0846325a8876760d64701a7846c01238e82039444e066adb3edb3d0','{"anchors":{"1":"I hear of them in the weekly status, and go into the detail once something has gone wrong.","3":"I have read what is open now, and whatever I write beside it the author is free to turn down.","5":"An author brought me something half finished to be questioned on it, and it stayed theirs to the end."},"competency":"ownership","id":"ownership.first-team.present","illustrations":{"applied-science":"a draft swaps the loss function; you ask which segment may get worse, and leave the tuning to them.","software":"a draft swaps the nightly job for a stream; you ask how a lost day is replayed, and leave the tool to them."},"outcomes":["support","trust"],"pillar":"acumen","text":"While a design or an incident is open, I stay close to it by asking, not by instructing."}');
INSERT INTO "contents" VALUES('fccb3929efcb5fa8d5b4ba1b167172a6c3415d74224ccde743624a0d83d9e698','{"anchors":{"1":"I hear of it in the retrospective, if someone brings it up.","3":"I ask what they worked around, trace it to the choice behind it, and keep that where the next plan is made.","5":"The old choice itself was put right, because the answers that I had kept all led back to it."},"competency":"debt","id":"debt.first-team.hidden-workarounds","illustrations":{"applied-science":"the notebook that has to be run twice, since the first run fills a cache that nobody understands.","software":"the alert that everyone silences on Mondays, since the weekly report fills the disk."},"outcomes":["prevention","trust"],"pillar":"empathy","text":"After an on-call week or a release, I ask the people in it which old choice cost them time."}');
CREATE TABLE cycle_aggregates (
    cycle_id TEXT PRIMARY KEY REFERENCES cycles (id) ON DELETE CASCADE,
    set_id   TEXT,
    body     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cycle_contributions (
    cycle_id      TEXT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    member_id     TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    PRIMARY KEY (cycle_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE cycle_counts (
    cycle_id     TEXT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    day          TEXT NOT NULL,
    contributors INTEGER NOT NULL,
    PRIMARY KEY (cycle_id, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE cycles (
    id                       TEXT PRIMARY KEY,
    team_id                  TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name                     TEXT NOT NULL,
    form                     TEXT NOT NULL CHECK (form IN ('full', 'pulse')),
    questionnaire_id         TEXT NOT NULL,
    opens_at                 INTEGER NOT NULL,
    closes_at                INTEGER NOT NULL,
    closed_at                INTEGER,
    smallest_group           INTEGER NOT NULL CHECK (smallest_group >= 5),
    smallest_effective_group REAL NOT NULL CHECK (smallest_effective_group >= 3),
    CHECK (opens_at < closes_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE erasures (
    id_hash   TEXT PRIMARY KEY,
    erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO "goose_db_version" VALUES(1,0,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(2,1,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(3,2,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(4,3,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(5,4,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(6,5,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(7,6,1,'2026-11-29 01:51:41');
INSERT INTO "goose_db_version" VALUES(8,7,1,'2026-11-29 01:51:41');
CREATE TABLE grants (
    mentor_id  TEXT NOT NULL REFERENCES mentors (id) ON DELETE CASCADE,
    share_id   TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (mentor_id, share_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_answers (
    set_id  TEXT NOT NULL,
    person  TEXT NOT NULL,
    sitting TEXT NOT NULL,
    PRIMARY KEY (set_id, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_observations (
    id                       TEXT PRIMARY KEY,
    set_id                   TEXT NOT NULL,
    kind                     INTEGER NOT NULL,
    level                    INTEGER NOT NULL,
    step                     REAL NOT NULL,
    smallest_group           INTEGER NOT NULL,
    smallest_effective_group REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_persons (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    token      TEXT NOT NULL UNIQUE,
    hidden     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_sittings (
    assessment_id TEXT PRIMARY KEY REFERENCES assessments (id) ON DELETE CASCADE,
    token         TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_turns (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    turns INTEGER NOT NULL
) STRICT;
INSERT INTO "ledger_turns" VALUES(1,0);
CREATE TABLE managers (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
, counts_for_reliability INTEGER NOT NULL DEFAULT 0, thinned INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
INSERT INTO "managers" VALUES('7OC2QEZERALM73MM6WZWK36N5T',1795917103781,0,0);
CREATE TABLE mentors (
    id          TEXT PRIMARY KEY,
    token_hash  TEXT NOT NULL UNIQUE,
    former_hash TEXT,
    rotated_at  INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE ratings (
    review_id  TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    competency TEXT NOT NULL,
    level      INTEGER CHECK (level BETWEEN 0 AND 5),
    later      INTEGER CHECK (later BETWEEN 0 AND 5),
    comment    TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    glimpses   TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (review_id, competency)
) STRICT, WITHOUT ROWID;
CREATE TABLE recovery_keys (
    manager_id TEXT PRIMARY KEY REFERENCES managers (id) ON DELETE CASCADE,
    key_hash   TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE reliabilities (
    questionnaire_id      TEXT NOT NULL,
    questionnaire_version INTEGER NOT NULL,
    area                  TEXT NOT NULL,
    step                  INTEGER NOT NULL,
    persons               INTEGER NOT NULL,
    alpha                 REAL NOT NULL,
    lower_limit           REAL NOT NULL,
    upper_limit           REAL NOT NULL,
    computed_at           INTEGER NOT NULL,
    PRIMARY KEY (questionnaire_id, questionnaire_version, area, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE rerating_offers (
    assessment_id TEXT PRIMARY KEY REFERENCES assessments (id) ON DELETE CASCADE,
    earlier_id    TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    competencies  TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('offered', 'answered', 'skipped'))
) STRICT, WITHOUT ROWID;
CREATE TABLE reratings (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    earlier_id    TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    competency    TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    level         INTEGER CHECK (level BETWEEN 0 AND 5),
    PRIMARY KEY (assessment_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reveals (
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    mentor_id     TEXT NOT NULL,
    competency    TEXT NOT NULL,
    revealed_at   INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, mentor_id, competency)
) STRICT, WITHOUT ROWID;
CREATE TABLE reviews (
    id            TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    mentor_id     TEXT NOT NULL,
    share_id      TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    name          TEXT NOT NULL DEFAULT '',
    overall       TEXT NOT NULL DEFAULT '',
    question      TEXT NOT NULL DEFAULT '',
    revision      INTEGER NOT NULL DEFAULT 0,
    glimpses      TEXT NOT NULL DEFAULT '',
    constants     TEXT NOT NULL,
    started_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    sent_at       INTEGER,
    read_at       INTEGER,
    UNIQUE (assessment_id, mentor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    browser_id TEXT NOT NULL REFERENCES browsers (id) ON DELETE CASCADE,
    manager_id TEXT REFERENCES managers (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE share_openings (
    share_id  TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
    opened_at INTEGER NOT NULL,
    mentor_id TEXT NOT NULL,
    PRIMARY KEY (share_id, opened_at, mentor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE shares (
    id            TEXT PRIMARY KEY,
    manager_id    TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    assessment_id TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    secret_hash   TEXT NOT NULL UNIQUE,
    form_key      TEXT NOT NULL,
    label         TEXT NOT NULL,
    sharer        TEXT NOT NULL,
    question      TEXT NOT NULL,
    competencies  TEXT NOT NULL,
    shows_result  INTEGER NOT NULL CHECK (shows_result IN (0, 1)),
    shows_history INTEGER NOT NULL CHECK (shows_history IN (0, 1)),
    shows_notes   INTEGER NOT NULL CHECK (shows_notes IN (0, 1)),
    allows_rating INTEGER NOT NULL CHECK (allows_rating IN (0, 1)),
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    revoked_at    INTEGER, removed_at INTEGER,
    UNIQUE (assessment_id, form_key),
    CHECK (shows_result + allows_rating > 0),
    CHECK (shows_result = 1 OR shows_history + shows_notes = 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE shown_scores (
    cycle_id  TEXT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    member_id TEXT NOT NULL REFERENCES team_members (id) ON DELETE CASCADE,
    area      TEXT NOT NULL,
    score     REAL NOT NULL,
    PRIMARY KEY (cycle_id, member_id, area)
) STRICT, WITHOUT ROWID;
CREATE TABLE targets (
    manager_id TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    scope      TEXT NOT NULL,
    competency TEXT NOT NULL,
    value      REAL NOT NULL CHECK (value BETWEEN 1 AND 5),
    importance INTEGER NOT NULL CHECK (importance BETWEEN 1 AND 3),
    PRIMARY KEY (manager_id, scope, competency)
) STRICT, WITHOUT ROWID;
CREATE TABLE team_invitations (
    id          TEXT PRIMARY KEY,
    team_id     TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('join-link', 'join-code', 'compare-code')),
    secret_hash TEXT NOT NULL UNIQUE,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER,
    uses        INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE team_members (
    id           TEXT PRIMARY KEY,
    team_id      TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    manager_id   TEXT NOT NULL REFERENCES managers (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('steward', 'member')),
    joined_at    INTEGER NOT NULL,
    confirmed_at INTEGER,
    UNIQUE (team_id, manager_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE team_peers (
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    peer_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    since   INTEGER NOT NULL,
    PRIMARY KEY (team_id, peer_id),
    CHECK (team_id < peer_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE teams (
    id             TEXT PRIMARY KEY,
    name           TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    smallest_group INTEGER NOT NULL CHECK (smallest_group >= 5),
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_manager ON sessions (manager_id);
CREATE INDEX sessions_by_browser ON sessions (browser_id);
CREATE INDEX sessions_by_seen ON sessions (seen_at);
CREATE INDEX assessments_by_manager ON assessments (manager_id, state, finished_at);
CREATE INDEX reratings_by_earlier ON reratings (earlier_id);
CREATE INDEX rerating_offers_by_earlier ON rerating_offers (earlier_id);
CREATE INDEX attempts_by_window ON attempts (window_start);
CREATE INDEX assessments_by_questionnaire ON assessments (questionnaire_id, questionnaire_version, state, form);
CREATE INDEX mentors_by_former ON mentors (former_hash);
CREATE INDEX mentors_by_seen ON mentors (seen_at);
CREATE INDEX shares_by_manager ON shares (manager_id, created_at);
CREATE INDEX grants_by_share ON grants (share_id);
CREATE INDEX reviews_by_share ON reviews (share_id);
CREATE INDEX team_members_by_manager ON team_members (manager_id);
CREATE INDEX team_invitations_by_team ON team_invitations (team_id);
CREATE INDEX team_invitations_by_expiry ON team_invitations (expires_at);
CREATE INDEX team_peers_by_peer ON team_peers (peer_id);
CREATE INDEX cycles_by_team ON cycles (team_id, opens_at);
CREATE INDEX cycles_by_close ON cycles (closed_at, closes_at);
CREATE INDEX cycle_contributions_by_member ON cycle_contributions (member_id);
CREATE INDEX cycle_contributions_by_assessment ON cycle_contributions (assessment_id);
CREATE INDEX ledger_answers_by_person ON ledger_answers (person, sitting);
CREATE INDEX ledger_observations_by_set ON ledger_observations (set_id);
CREATE INDEX shown_scores_by_member ON shown_scores (member_id);
CREATE INDEX erasures_by_time ON erasures (erased_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('goose_db_version',8);
COMMIT;
