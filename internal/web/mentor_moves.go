package web

import (
	"net/http"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/internal/text"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
)

// sharedMapPage is the page of a share's depth map.
func (s *Server) sharedMapPage(who visitor, shared *model.Shared) kit.Page {
	return s.mentorPage(who, kit.Possessive(text.Isolated(shared.Share.Sharer))+" depth map")
}

// sharedMapProps is what the page of a share's depth map shows, with its answer as it is stored.
func (s *Server) sharedMapProps(r *http.Request, who visitor) (mentorview.SharedMapProps, error) {
	shared, err := s.app.SharedMap(r.Context(), who.mentor, r.PathValue("share"))
	if err != nil {
		return mentorview.SharedMapProps{}, err
	}
	return mentorview.SharedMapProps{SharedMap: shared, Input: typedMove(shared.Move)}, nil
}

// typedMove is an answer about a depth map as a form has it.
func typedMove(move model.MapMove) model.MoveInput {
	stored := model.MoveInput{Domain: move.From.Domain, Words: move.Words, Seen: app.SeenMove(move)}
	if move.Depth != move.From.Depth {
		stored.Depth = string(move.Depth)
	}
	if move.Weight != move.From.Weight {
		stored.Weight = string(move.Weight)
	}
	return stored
}

// moveJSON is an answer about a depth map as a script reads it; Told is the sentence to which it comes.
type moveJSON struct {
	Item   string `json:"item"`
	Domain string `json:"domain"`
	Depth  string `json:"depth"`
	Weight string `json:"weight"`
	Words  string `json:"words"`
	Seen   string `json:"seen"`
	Told   string `json:"told"`
}

func toMoveJSON(move model.MapMove) moveJSON {
	stored := typedMove(move)
	return moveJSON{mentorview.MoveItem, stored.Domain, stored.Depth, stored.Weight, stored.Words, stored.Seen, mentorview.MoveTold(move)}
}

// changedMove is what is saved of an answer that was also changed elsewhere.
func changedMove(move model.MapMove) *kit.Changed {
	return &kit.Changed{Item: mentorview.MoveItem, Seen: app.SeenMove(move), Level: mentorview.SavedMove(move), Texts: []string{move.Words}, Answer: toMoveJSON(move)}
}

func (s *Server) renderSharedMap(w http.ResponseWriter, r *http.Request, status int, page kit.Page, props mentorview.SharedMapProps) error {
	if props.Reading != nil {
		props.Content = depthview.SharedContent(page, props.Reading, props.Shared.Share.Sharer)
	}
	return s.render(w, r, status, mentorview.SharedMap(page, props))
}

func (s *Server) sharedMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	props, err := s.sharedMapProps(r, who)
	if model.KindOf(err) == model.NotFound {
		return s.mapGone(w, r, who, err)
	}
	if err != nil {
		return err
	}
	if scripted(r) {
		return s.writeJSON(w, http.StatusOK, map[string][]moveJSON{"answers": {toMoveJSON(props.Move)}})
	}
	props.Saved = r.URL.Query().Has("saved")
	return s.renderSharedMap(w, r, http.StatusOK, s.sharedMapPage(who, props.Shared), props)
}

// saveMove keeps which domain a mentor would move, or takes it back.
func (s *Server) saveMove(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, input := r.PathValue("share"), model.MoveInput{}
	if fields.Get("go") != "withdraw" {
		input = model.MoveInput{Domain: fields.Get("domain"), Depth: fields.Get("depth"), Weight: fields.Get("weight"), Words: fields.Get("words")}
	}
	var keeps bool
	seen := fieldsSeen(fields, "words", "domain")
	if scripted(r) {
		seen = fields.Get("seen")
	}
	if input.Seen, keeps = counted(fields, mentorview.MoveItem, seen); !keeps {
		err = s.app.SaveMove(r.Context(), who.mentor, id, input)
	}
	if scripted(r) {
		return s.tellMove(w, r, who, err)
	}
	if model.KindOf(err) == model.NotFound {
		return s.mapGone(w, r, who, err)
	}
	if problem, status := refused(kit.Page{}, err); status != 0 {
		props, err := s.sharedMapProps(r, who)
		if err != nil {
			return err
		}
		page := s.sharedMapPage(who, props.Shared)
		page.Errors, page.ErrorsTitle = problem.Errors, problem.ErrorsTitle
		if status == http.StatusConflict {
			props.Changed = changedMove(props.Move)
			page = inConflict(s.sharedMapPage(who, props.Shared), "domain")
		}
		props.Input, props.Typed = input, true
		return s.renderSharedMap(w, r, status, page, props)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.SharedMap(id)+"?saved#"+mentorview.MoveItem)
}

// tellMove tells a script what is kept of an answer about a depth map, or why it was not taken.
func (s *Server) tellMove(w http.ResponseWriter, r *http.Request, who visitor, err error) error {
	conflict := model.KindOf(err) == model.Conflict
	if err != nil && !conflict {
		return err
	}
	props, err := s.sharedMapProps(r, who)
	if err != nil {
		return err
	}
	if conflict {
		return s.refuseConflict(w, r, changedMove(props.Move))
	}
	return s.writeJSON(w, http.StatusOK, toMoveJSON(props.Move))
}

// mapGone answers for the depth map of a share that opens, but shows none: its manager has deleted it, if there was one.
// Whatever else is missing stays as it is.
func (s *Server) mapGone(w http.ResponseWriter, r *http.Request, who visitor, missing error) error {
	id := r.PathValue("share")
	sharer, gone, err := s.app.MapGone(r.Context(), who.mentor, id)
	if err != nil || !gone {
		return missing
	}
	props := mentorview.MapGoneProps{Sharer: sharer, ShareID: id, Typed: s.typed(r), RequestID: factsOf(r).id}
	return s.render(w, r, http.StatusNotFound, mentorview.MapGone(s.mentorPage(who, "There is no depth map here"), props))
}
