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
// Before anything about a group is published it passes two gates. Both look only at who took part, when, and whom they
// ticked as people they know; neither ever sees an answer. So the reasons for withholding something say nothing about
// anybody's answers.
//
// Gate 1 counts heads. Every group that is published has at least five people. If two published groups share answers,
// someone could subtract one average from the other. So the people who are in one and not in the other must also be at
// least five, in both directions. Cycles that close within 28 days of each other, or that touch, count as one here,
// since people who answer again so soon say nearly the same: their groups must differ by nobody or by at least five.
// When a group is split, every side passes or none is published.
//
// Counting heads doesn't help against somebody who invents people. So each person of a group, and of every such
// difference, has to know at least four others in it, by their own ticks. Anyone who knows fewer is left out before
// anything is decided ([Known.Core]).
//
// Gate 2 guards against cleverer arithmetic: many averages, over a year or two, with people coming and going, can be
// combined to close in on one person. This gate imagines someone who has kept every figure that was ever published,
// knows who took part in each, knows what answers are like in general, and combines all of it in the best possible
// way. It computes how closely that reader could guess each single answer, and expresses it as an effective group: "no
// better than from the average of so many people". If publishing one more figure would push anyone's effective group
// below three, including someone who has left or is in another team, then the figure is rounded more coarsely (to 0.2,
// then 0.5), and if that does not help, it is withheld.
//
// # All levels together
//
// An area is the mean of its three competencies, and the whole that of its four areas: so the figures of one level
// reveal something about the others. Gate 2 holds the three for a competency, an area and the whole by everything that
// was published at all levels.
//
// Let y be an answer of one person in one assessment to one competency, and write it as three parts, y = W + A + C: W
// is the mean over all twelve (the whole), A what an area lies above that, C what a competency lies above its area.
// Deviations from a mean don't correlate with the mean if all competencies of an area, and all areas, are alike in
// variance and correlation, which is the one symmetric model with the variances (u, e) of the levels: (0.35, 0.25) for
// W+A+C, (0.30, 0.10) for W+A, (0.25, 0.06) for W. So the parts have (0.25, 0.06), (0.05, 0.04) and (0.05, 0.15), and
// in each a person's lasting difference and that of the assessment are as before.
//
// The printed figures of a group separate in the same way. All of a level are about the same people and rounded with
// errors that are independent and of one variance v; the mean of twelve errors has v/12, the difference of one of
// three from the mean of the three 2v/3, and the two don't correlate. So what is known about W comes from all
// competencies (v/12), areas (v/4) and the whole (v); of A from competencies (v/3 * 3/4) and areas (v * 3/4); of C
// from competencies alone (v * 2/3). The three parts are then three problems that have nothing to do with each other,
// each of the size of one level, and the posterior variance of an area is that of W plus that of A. A test holds this
// against one large matrix over all twelve competencies of all answers.
//
// What follows for publishing: a reader who has the competencies has the areas and the whole, more precisely than if
// these were printed separately. So only the finest level that passes needs a decision. The coarser ones are printed
// as the means of its printed figures, which reveals nothing more.
//
// # Strangers
//
// Somebody who invents people knows their answers. Following who knows whom from a real person leads to other real
// people and to nobody who was invented. For each such circle gate 2 is computed once more, treating the answers of
// everybody outside it as known: they protect nobody in it.
//
// # What members show by their own act
//
// A member can show their own area scores of a closed cycle by name. It is off by default, and nobody is told who doesn't.
// Those scores could be subtracted from an average, so gate 2 takes them as known ([DecideShowing]), and at least five who
// took part have to stay unshown.
//
// A member can also show on whom they rely: of their depth map, the domains that they tick, each with whom they named for
// it or that there is nobody, and the day of the map. How deep they are and how much hangs on a domain is never shown. It
// is off by default, too; nobody is told who doesn't, and confirmed members alone see it. It passes no gate, for there is
// nothing to subtract: nothing is averaged or counted over maps, and the page is made of the words of those who show them
// and of nobody else. For the same reason no number of people is asked for. A least number that stays unshown would guard
// no figure; a least number who show would keep the first from their choice, and uncover all at once with the last. What
// it can tell beyond its words is what colleagues may infer from knowing somebody. So the rules are those that the act
// itself needs: one sees exactly what would be shown, is told that what others have seen can't be unseen, and takes it
// away by stopping, by leaving and by deleting the map. A newer map takes its place only by another such act.
//
// # What is worked out from published figures
//
// Some words on a team's pages are worked out from what is published already, and from constants that are documented:
// how far a mean lies from its target, and, where the word of change over the same people is withheld, a word that is
// named "by the means alone". Whoever reads the figures could work them out by hand. So they pass no gate and are
// counted nowhere: they tell nothing new. From how many people on one can miss a cycle between two full ones
// ([SafeToMissOne]), and how many have to be replaced for a comparison ([ReplacedFrom]), is found by asking the gate about made-up people; it says nothing of
// who took part in anything.
//
// # Bounds
//
// The arithmetic is bounded: what is so closely connected that it would take more ([WorkLimit]) is withheld. It
// respects its context's deadline. What it computes about the past serves all decisions of one closing, and each adds
// a row.
//
// An operator may raise the five, the four and the three, never lower them, and a raise only affects later cycles.
// Each answer keeps the promise under which it was given: under the [FirstRules] each level was decided by itself,
// heads were counted where the same assessment was in both groups, and nobody had to know anybody else.
//
// # What it does not protect against
//
//   - Everybody else acting together. If all others of your group pool their own
//     answers, they can subtract them and find yours. One member alone, who knows
//     their own answer, sees a group that is one person smaller than an outsider
//     does.
//   - Answers given under the first rules. Areas and the whole of those could be worked
//     out from the competencies more closely than an average of three would let one:
//     to an average of 1.7 for the whole and 2.1 for an area at worst, in 100,000
//     made-up histories. What is published later counts all of it.
//   - People whom you know. The ticks tell apart who is somebody and who was made up, not
//     who means well; and a name on a roster is what somebody typed.
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
//
// [Decide] holds the arithmetic of the gates. Everything here is pure: no input or output, no clock, no randomness,
// the same answer on every machine.
package disclosure
