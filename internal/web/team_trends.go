package web

import (
	"net/http"

	"whetstone/internal/model"
	"whetstone/internal/text"
	"whetstone/views/kit"
	teamview "whetstone/views/team"
)

func (s *Server) teamTrends(w http.ResponseWriter, r *http.Request, who visitor) error {
	trends, err := s.app.TeamTrends(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, teamview.TeamTrends(s.teamsPage(who, "Trends of "+text.Isolated(trends.Team.Name)), trends))
}

func (s *Server) teamTrendsCSV(w http.ResponseWriter, r *http.Request, who visitor) error {
	rows, err := s.app.TeamTrendsCSV(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	return sendRows(w, r, "whetstone-team-trends", who.zone().Day(s.Now()), rows)
}

const peersTitle = "Next to other teams"

func (s *Server) peers(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderPeers(w, r, who, s.teamsPage(who, peersTitle), http.StatusOK, "", usualDays())
}

// renderPeers shows the teams that agreed to compare, with what was typed into the forms of a steward.
func (s *Server) renderPeers(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, code, days string) error {
	trends, err := s.app.TeamTrends(r.Context(), who.manager, r.PathValue("team"))
	if err != nil {
		return err
	}
	props := teamview.PeersProps{TeamTrends: trends, Code: code, Days: days, Gone: r.URL.Query().Has("gone")}
	return s.render(w, r, status, teamview.Peers(page, props))
}

// askToCompare takes the code of another team: it shows the team first, and asks it once that was seen.
func (s *Server) askToCompare(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	team, code := r.PathValue("team"), fields.Get("code")
	var offer *model.PeerOffer
	if fields.Get("ask") == "yes" {
		err = s.app.AskToCompare(r.Context(), who.manager, team, code, s.clientCode(r))
	} else {
		offer, err = s.app.PeerOffer(r.Context(), who.manager, team, code, s.clientCode(r))
	}
	if page, bad := withErrors(s.teamsPage(who, peersTitle), err); bad {
		page.ErrorsTitle = "Before the teams can be compared"
		return s.renderPeers(w, r, who, page, http.StatusUnprocessableEntity, code, usualDays())
	}
	if err != nil {
		return err
	}
	if offer != nil {
		return s.render(w, r, http.StatusOK, teamview.PeerOffer(s.teamsPage(who, "Compare with "+text.Isolated(offer.Other.Name)), offer))
	}
	return redirect(w, r, s.paths.Peers(team))
}

func (s *Server) agreePeer(w http.ResponseWriter, r *http.Request, who visitor) error {
	team := r.PathValue("team")
	compares, err := s.app.AgreeToCompare(r.Context(), who.manager, team, r.PathValue("peer"))
	if err != nil {
		return err
	}
	if !compares {
		return redirect(w, r, s.paths.Peers(team)+"?gone")
	}
	return redirect(w, r, s.paths.Peers(team))
}

func (s *Server) endPeer(w http.ResponseWriter, r *http.Request, who visitor) error {
	team := r.PathValue("team")
	if err := s.app.EndComparison(r.Context(), who.manager, team, r.PathValue("peer")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Peers(team))
}
