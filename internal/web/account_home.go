package web

import (
	"net/http"

	accountview "whetstone/views/account"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
	resultsview "whetstone/views/results"
)

// home is the first page of a browser that is known. A stranger finds the landing page there, and so does a browser
// whose links have all been taken off its list: it knows nobody any more.
func (s *Server) home(w http.ResponseWriter, r *http.Request, who visitor) error {
	var err error
	if who.mentor, err = s.mentor(w, r, who); err != nil {
		return err
	}
	home, err := s.app.Home(r.Context(), who.manager, who.mentor, who.zone())
	if err != nil {
		return err
	}
	if !who.known() && !home.Opened {
		return s.welcome(w, r, who)
	}
	who.waiting = home.Waiting
	page := s.page(who, "Home")
	page.Current = "home"
	if !who.known() {
		page.Audience = kit.ForMentor
	}
	props := accountview.HomeProps{Home: home}
	if who.known() && who.holds.ChangedAt.IsZero() {
		if props.SetsUp, err = s.organises(r, who); err != nil {
			return err
		}
	}
	if home.Latest != nil {
		props.Finding, props.Moved = resultsview.Headline(home.Latest), resultsview.Moved(home.Latest)
	}
	if home.LatestMap != nil {
		props.OfMap = depthview.Headline(home.LatestMap)
	}
	if answered := home.Answered(); len(answered) > 0 {
		props.Shared = mentorview.ReceivedList(page, answered, false)
	}
	return s.render(w, r, http.StatusOK, accountview.Home(page, props))
}

// countWaiting counts what waits for a visitor, for the menu. It is one statement, and one more for a browser that is a
// mentor's. The count is no reason to fail a page that is ready but for it.
func (s *Server) countWaiting(w http.ResponseWriter, r *http.Request, who visitor) int {
	if !who.known() && !who.mentoring {
		return 0
	}
	mentor, err := s.mentor(w, r, who)
	count := 0
	if err == nil {
		count, err = s.app.Waiting(r.Context(), who.manager, mentor, who.zone())
	}
	if err != nil && r.Context().Err() == nil {
		s.Log.Warn("what waits can't be counted", "request", factsOf(r).id, "route", factsOf(r).pattern, "error", err)
	}
	return count
}
