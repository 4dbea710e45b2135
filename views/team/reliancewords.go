package team

import (
	"fmt"
	"strings"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
)

// shownWhom is on whom somebody relies, "nobody yet" for nobody.
func shownWhom(whom string) string {
	if whom == "" {
		return "nobody yet"
	}
	return text.Shown(whom)
}

// showWords are those of the button that shows what is ticked.
func showWords(own *model.OwnReliances) string {
	switch {
	case own.Newer:
		return "Show this map instead"
	case own.Shown != nil:
		return "Show what is ticked now"
	}
	return "Show what is ticked to the team"
}

// aloneIn says who is alone in some domains, in which equally many are.
func aloneIn(domains []model.DomainReliances) string {
	var names []string
	for i, domain := range domains {
		if i == kit.Shown {
			names = append(names, kit.Number(len(domains)-i)+" more")
			break
		}
		names = append(names, text.Isolated(domain.InText))
	}
	count := len(domains[0].Alone)
	if len(domains) > 1 { // many names of domains have an “and” of their own
		return fmt.Sprintf("In each of these, %s of us %s nobody to rely on: %s.", kit.Number(count), kit.OneOrMany(count, "has", "have"), strings.Join(names, "; "))
	}
	if count > 1 {
		return fmt.Sprintf("%s of us are alone in %s.", kit.Sentence(kit.Number(count)), names[0])
	}
	return fmt.Sprintf("%s is alone in %s.", text.Isolated(domains[0].Alone[0]), names[0])
}

// lonely are the domains in which so many are alone.
func lonely(domains []model.DomainReliances, count int) (some []model.DomainReliances) {
	for _, domain := range domains {
		if len(domain.Alone) == count {
			some = append(some, domain)
		}
	}
	return some
}

// reliancesHeadline is the one sentence that the side by side comes to.
func reliancesHeadline(r *model.TeamReliances) string {
	switch {
	case len(r.Maps) == 0:
		return "Nobody shows on whom they rely yet"
	case len(r.Maps) == 1:
		return "One of us shows on whom they rely"
	}
	if most := len(r.Domains[0].Alone); most > 0 {
		return aloneIn(lonely(r.Domains, most))
	}
	return "Each of us who shows it has somebody to rely on."
}

// relianceSentences say what else there is, and whom one could ask.
func relianceSentences(r *model.TeamReliances) string {
	switch len(r.Maps) {
	case 0:
		return ""
	case 1:
		return "From two on, they stand side by side: who is alone in the same domain, and who has somebody whom the other could ask, too."
	}
	var said []string
	most := len(r.Domains[0].Alone)
	if top := r.Domains[0]; most > 0 && len(top.Relying) > 0 && len(lonely(r.Domains, most)) == 1 {
		said = append(said, askWords(top.Relying))
	}
	for count := most - 1; count > 1; count-- {
		if domains := lonely(r.Domains, count); len(domains) > 0 {
			said = append(said, aloneIn(domains))
			break
		}
	}
	said = append(said, fmt.Sprintf("%s of us show theirs, each by their own act.", kit.Sentence(kit.Number(len(r.Maps)))))
	return strings.Join(said, " ")
}

// askWords names who has somebody for what others are alone in.
func askWords(relying []model.NamedReliance) string {
	var names []string
	for i, one := range relying {
		if i == kit.Shown {
			names = append(names, kit.Number(len(relying)-i)+" more")
			break
		}
		names = append(names, text.Isolated(one.Name))
	}
	return fmt.Sprintf("%s %s somebody for it: a beginning for whoever has nobody.", kit.List(names), kit.OneOrMany(len(relying), "has", "have"))
}
