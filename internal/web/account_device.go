package web

import "strings"

// named is a name and what shows it in a User-Agent header.
type named struct{ sign, name string }

// browsers and systems are tried in this order, since some pose as others: Edge and Opera as Chrome, Chrome as Safari,
// Android as Linux, an iPhone as a Mac.
var (
	browsers = []named{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chromium/", "Chromium"},
		{"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systems = []named{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"CrOS", "ChromeOS"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
	}
)

// deviceLabel returns in a few words what a browser is, such as "Firefox on Linux", so that its owner can recognise
// it. It holds nothing by which a stranger could identify the browser.
func deviceLabel(userAgent string) string {
	browser, system := nameOf(browsers, userAgent), nameOf(systems, userAgent)
	if browser == "" {
		browser = "A browser"
	}
	if system == "" {
		return browser
	}
	return browser + " on " + system
}

func nameOf(candidates []named, userAgent string) string {
	for _, candidate := range candidates {
		if strings.Contains(userAgent, candidate.sign) {
			return candidate.name
		}
	}
	return ""
}
