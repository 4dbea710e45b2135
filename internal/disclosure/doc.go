// Package disclosure decides what may be published about a group.
//
// # The promise
//
// No average is of fewer than five people, and from everything that was ever
// published about a team nobody can learn more about one of your answers than
// from an average of three.
//
// # The two gates
//
// Before anything about a group is published it passes two gates. Both look only
// at who took part, and when; neither ever sees an answer. What is withheld is
// therefore withheld for reasons that say nothing about anybody's answers.
//
// Gate 1 counts heads. Every group that is published has at least five people.
// Where two published groups share answers, someone could subtract one average
// from the other; the people in one and not in the other must then be at least
// five too, in both directions. When a group is split, every side passes or none
// is published.
//
// Gate 2 guards against cleverer arithmetic: many averages, over a year or two,
// with people coming and going, can be combined to close in on one person. This
// gate imagines someone who has kept every figure that was ever published, knows
// who took part in each, knows what answers are like in general, and combines all
// of it in the best way there is. It works out how closely that reader could
// guess each single answer, and expresses it as an effective group: "no better
// than from the average of so many people". If publishing one more figure would
// push anyone's effective group below three, also that of someone who has
// left, or in another team, then the figure is rounded more coarsely (to 0.2,
// then 0.5), and if that does not help, it is withheld.
//
// Gate 2 looks at each level by itself: competencies, areas, the whole. On top of
// that it looks at all levels together for each answer to a competency, since the
// figure of an area also says something of its three competencies.
//
// An operator may raise the five and the three, never lower them, and a raise
// holds for later cycles. Each answer keeps the promise under which it was given.
//
// # What it does not protect against
//
//   - Everybody else acting together. If all others of your group pool their own
//     answers, they can subtract them and find yours. One member alone, who knows
//     their own answer, sees a group that is one person smaller than an outsider
//     does.
//   - Averages of your own answers, taken across levels. The mean of twelve published
//     competencies is the whole, and known more finely than each of them. Where the
//     whole or an area is withheld or rounded coarsely to protect it, a reader who
//     adds up the competencies can come closer to your overall score than an average
//     of three would let them. In 100,000 made-up histories the worst case was an
//     average of 1.7 for the whole and 2.1 for an area. For a single answer to a
//     competency the three holds, however a reader combines the levels.
//   - The same answers given twice. Gate 2 takes two sittings of a person to differ as
//     sittings weeks apart do. Whoever answers again within days says nearly the same,
//     and then the averages of two groups that differ by one person can be subtracted
//     more exactly than gate 2 assumes. Where one and the same sitting counts in both,
//     gate 1 forbids it; so weeks should lie between the cycles of a team.
//   - What somebody knows from elsewhere: a guess from working with you, or what
//     you said. The gate limits what the figures add to it.
//   - Bounds rather than guesses. If a whole group answers alike, its average says
//     so of each. That is why the ends of the scale are printed only as "4.6 or
//     more" and "1.4 or less", but an average of 4.5 still says that most stand
//     high.
//   - Words of comparison are counted as two averages, which is more than they tell,
//     with one exception: where the same people took part twice and both averages are
//     published as finely as can be, the word is taken to add nothing.
//   - Quartiles and spread, from ten people on. They depend on the order of the
//     answers, which gate 2 has no arithmetic for; their protection is that they
//     are given in steps of 0.5 only.
//   - What you show yourself. If you show your scores of one cycle by name, your
//     other cycles can be guessed better, since people change slowly. The gate then
//     guards what is left to guess. What others have seen can't be unseen.
//   - Invented people. A group of yourself and four made-up members would pass.
//     That is why a roster is confirmed, in view of all, before a cycle opens.
//
// [Decide] holds the arithmetic of the gates. Everything here is pure: no input or
// output, no clock, no chance, the same answer on every machine.
package disclosure
