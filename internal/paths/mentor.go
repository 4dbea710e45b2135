package paths

import "net/url"

// NewShare is where a finished assessment is shared.
func (p Paths) NewShare(assessment string) string { return p.Assessment(assessment) + "/share" }

// AskAgain is NewShare, filled in as an earlier share was.
func (p Paths) AskAgain(assessment, share string) string {
	return p.NewShare(assessment) + "?again=" + url.QueryEscape(share)
}

// Shares lists a manager's shares.
func (p Paths) Shares() string { return p.Base + "/shares" }

// Share is one of a manager's shares: what it shows, and when it was opened.
func (p Paths) Share(id string) string { return p.Shares() + "/" + url.PathEscape(id) }

// SharePreview shows what the mentor will see.
func (p Paths) SharePreview(id string) string { return p.Share(id) + "/preview" }

// ExtendShare takes the form that makes a share last longer.
func (p Paths) ExtendShare(id string) string { return p.Share(id) + "/extend" }

// RevokeShare takes the form that ends a share.
func (p Paths) RevokeShare(id string) string { return p.Share(id) + "/revoke" }

// RemoveShare takes the form that removes an ended share from the list.
func (p Paths) RemoveShare(id string) string { return p.Share(id) + "/remove" }

// RevokeShares takes the form that ends all of a manager's shares.
func (p Paths) RevokeShares() string { return p.Shares() + "/revoke-all" }

// Conversation is what mentors say of a finished assessment.
func (p Paths) Conversation(assessment string) string {
	return p.Assessment(assessment) + "/conversation"
}

// ReviewIn is a review in the conversation about an assessment.
func (p Paths) ReviewIn(assessment, review string) string {
	return p.Conversation(assessment) + "#review-" + url.PathEscape(review)
}

// ViewIn is a competency in the conversation about an assessment.
func (p Paths) ViewIn(assessment, competency string) string {
	return p.Conversation(assessment) + "#view-" + url.PathEscape(competency)
}

// ConversationJSON is the conversation as JSON.
func (p Paths) ConversationJSON(assessment string) string {
	return p.Conversation(assessment) + ".json"
}

// ConversationSchema is the JSON Schema of conversations.
func (p Paths) ConversationSchema() string { return p.Base + ConversationSchemaPattern }

// ReadReview takes the form that marks a review as read.
func (p Paths) ReadReview(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/read"
}

// Reply takes a manager's answer to a mentor's question.
func (p Paths) Reply(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/reply"
}

// SetAside takes the form by which a manager sets a review aside, or lets it count again.
func (p Paths) SetAside(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/aside"
}

// MentorSheet is a page to print for half an hour with one mentor.
func (p Paths) MentorSheet(assessment, review string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/sheet"
}

// Agree takes the forms of a level that a manager and a mentor agree on.
func (p Paths) Agree(assessment, review, competency string) string {
	return p.Conversation(assessment) + "/" + url.PathEscape(review) + "/" + url.PathEscape(competency)
}

// OpenShare is the link that a mentor gets.
func (p Paths) OpenShare(secret string) string { return p.Base + "/open/" + url.PathEscape(secret) }

// Received lists the people who shared with this browser.
func (p Paths) Received() string { return p.Base + "/shared" }

// Shared is a share as its mentor sees it.
func (p Paths) Shared(share string) string { return p.Received() + "/" + url.PathEscape(share) }

// Rate is where a mentor rates one competency.
func (p Paths) Rate(share, competency string) string {
	return p.Shared(share) + "/competencies/" + url.PathEscape(competency)
}

// Ratings is where a script reads and saves single ratings.
func (p Paths) Ratings(share string) string { return p.Shared(share) + "/ratings" }

// Reveal takes the form that shows the manager's scores to the mentor.
func (p Paths) Reveal(share string) string { return p.Shared(share) + "/reveal" }

// SideBySide sets both views beside each other.
func (p Paths) SideBySide(share string) string { return p.Shared(share) + "/side-by-side" }

// ViewBeside is a competency in both views, as a mentor sees them.
func (p Paths) ViewBeside(share, competency string) string {
	return p.SideBySide(share) + "#view-" + url.PathEscape(competency)
}

// MentorAgree takes the mentor's forms of a level that the two agree on.
func (p Paths) MentorAgree(share, competency string) string {
	return p.SideBySide(share) + "/" + url.PathEscape(competency)
}

// Words is where a mentor writes about the whole, asks a question and sends the review.
func (p Paths) Words(share string) string { return p.Shared(share) + "/words" }

// SharedResult is the whole result as a mentor sees it.
func (p Paths) SharedResult(share string) string { return p.Shared(share) + "/result" }

// SharedHistory is the history as a mentor sees it.
func (p Paths) SharedHistory(share string) string { return p.Shared(share) + "/history" }

// SharedMap is a depth map as a mentor sees it, with the one question about it.
func (p Paths) SharedMap(share string) string { return p.Shared(share) + "/map" }

// Mentoring is the part of the address that all pages about a mentor's own devices and words have in common.
func (p Paths) Mentoring() string { return p.Base + "/mentor" }

// MentorDevices lists a mentor's browsers.
func (p Paths) MentorDevices() string { return p.Mentoring() + "/devices" }

// EndMentorDevices takes the form that ends a mentor's other browsers.
func (p Paths) EndMentorDevices() string { return p.MentorDevices() + "/end" }

// KeepMentor asks whether what was shared with a browser is kept under the mentor's own sign-in, and keeps it.
func (p Paths) KeepMentor() string { return p.MentorDevices() + "/keep" }

// LetGoMentor takes the form that no longer keeps it there.
func (p Paths) LetGoMentor() string { return p.MentorDevices() + "/let-go" }

// MentorKey is where a mentor's key is made.
func (p Paths) MentorKey() string { return p.Mentoring() + "/key" }

// OwnWords lists what a mentor has written.
func (p Paths) OwnWords() string { return p.Mentoring() + "/words" }

// OwnWordsJSON is OwnWords as JSON.
func (p Paths) OwnWordsJSON() string { return p.OwnWords() + ".json" }

// OwnWordsSchema is the JSON Schema of what a mentor has written.
func (p Paths) OwnWordsSchema() string { return p.Base + OwnWordsSchemaPattern }

// OwnReview asks before a mentor's review is deleted, and deletes it.
func (p Paths) OwnReview(review string) string { return p.OwnWords() + "/" + url.PathEscape(review) }

// Continue takes a code from another device, or a mentor's key.
func (p Paths) Continue() string { return p.Mentoring() + "/continue" }

// ContinueWith is Continue with the code in it, for a picture to be scanned.
func (p Paths) ContinueWith(code string) string { return p.Continue() + "/" + url.PathEscape(code) }

// ForgetShare asks before a share is removed from a browser, and removes it.
func (p Paths) ForgetShare(share string) string { return p.Shared(share) + "/forget" }
