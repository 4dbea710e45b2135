package assets

import (
	"net/http"
	"strconv"
	"strings"
)

// NegotiateEncoding returns which of the offered content codings ("br", "gzip") the client that sent
// the header likes best, or "" if the content should go as it is. Among equals the coding that is
// offered first wins, and any coding wins over none. A client that refuses everything, even
// "identity", gets the content as it is, because a page in the wrong coding is better than none.
func NegotiateEncoding(header http.Header, offered ...string) string {
	chosen, highest := "", 0.0
	for _, coding := range offered {
		if weight := codingWeight(header, coding); weight > highest {
			chosen, highest = coding, weight
		}
	}
	if codingWeight(header, "identity") > highest {
		return ""
	}
	return chosen
}

// codingWeight returns how much the client wants a coding, from 0 (not at all) to 1.
func codingWeight(header http.Header, coding string) float64 {
	wildcard := 0.0
	for _, line := range header.Values("Accept-Encoding") {
		for entry := range strings.SplitSeq(line, ",") {
			name, parameter, _ := strings.Cut(entry, ";")
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(name, coding):
				return quality(parameter)
			case name == "*":
				wildcard = quality(parameter)
			}
		}
	}
	return wildcard
}

// quality reads a parameter such as "q=0.5"; none means 1. What can't be understood counts as a
// refusal, since a body that the client can't decode would be worse than a larger one.
func quality(parameter string) float64 {
	parameter = strings.TrimSpace(parameter)
	if parameter == "" {
		return 1
	}
	name, value, _ := strings.Cut(parameter, "=")
	weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 0
	}
	return weight
}
