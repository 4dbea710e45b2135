package disclosure

// Known is whom each person knows personally, by tokens: what they ticked themselves. Nobody can vouch for somebody
// else's knowing, so a stranger's invented people are known to nobody but each other.
type Known map[string][]string

// short returns the people of a set who know fewer than least others in it.
func (k Known) short(set []Answer, least int) map[string]bool {
	in := make(map[string]bool, len(set))
	for _, answer := range set {
		in[answer.Person] = true
	}
	short := map[string]bool{}
	for _, answer := range set {
		others := map[string]bool{}
		for _, other := range k[answer.Person] {
			if in[other] && other != answer.Person {
				others[other] = true
			}
		}
		if len(others) < least {
			short[answer.Person] = true
		}
	}
	return short
}

// Within returns the part of known that is about the people of a set.
func (k Known) Within(set []Answer) Known {
	in := make(map[string]bool, len(set))
	for _, answer := range set {
		in[answer.Person] = true
	}
	within := Known{}
	for person := range in {
		for _, other := range k[person] {
			if in[other] {
				within[person] = append(within[person], other)
			}
		}
	}
	return within
}

// Core returns the largest part of a set in which each person knows at least as many others as the thresholds ask for;
// all of the set under the FirstRules. It depends only on membership and ticks. Anyone who is left out is in no
// published set, so nothing is published about them.
func (k Known) Core(set []Answer, thresholds Thresholds) []Answer {
	core := sorted(set)
	for thresholds.kept() && len(core) > 0 {
		short := k.short(core, thresholds.Known)
		if len(short) == 0 {
			break
		}
		rest := core[:0:0]
		for _, answer := range core {
			if !short[answer.Person] {
				rest = append(rest, answer)
			}
		}
		core = rest
	}
	return core
}
