package account

// Adding is what becomes of the address to which a link is sent.
type Adding int

const (
	// ComingIn is somebody who comes in by it.
	ComingIn Adding = iota
	// AddingWay makes it a way in.
	AddingWay
	// Confirming makes it one that reminders can go to.
	Confirming
)

// MailWords is the mail that brings a link. host is where the app is, as people know it.
func MailWords(link, host string, adding Adding) (subject, text string) {
	subject, what := "Your link to come in to Whetstone", "come in to Whetstone at "+host
	switch adding {
	case AddingWay:
		subject, what = "Confirm your address for Whetstone", "make this address a way in to your answers in Whetstone at "+host
	case Confirming:
		subject, what = "Confirm your address for Whetstone", "confirm this address for their reminders from Whetstone at "+host
	}
	return subject, "Somebody, most likely you, asked for a link to " + what + ":\n\n" +
		link + "\n\n" +
		"Open it in the browser in which you asked for it, within ten minutes. It works once.\n\n" +
		"If it wasn’t you, you need do nothing: the link opens nothing in any other browser. Never pass it on.\n"
}
