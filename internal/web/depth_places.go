package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"whetstone/internal/model"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
	siteview "whetstone/views/site"
)

const placesTitle = "Place your domains"

// placesProps is what the page of a draft shows.
func (s *Server) placesProps(r *http.Request, who visitor) (depthview.PlacesProps, error) {
	places, err := s.app.Places(r.Context(), who.manager, r.PathValue("map"))
	if err != nil {
		return depthview.PlacesProps{}, err
	}
	return depthview.PlacesProps{PlacesPage: places, Scope: s.app.ScopeName(places.Map.Scope), Saved: r.URL.Query().Has("saved"), UnderWay: r.URL.Query().Has("under-way")}, nil
}

// places shows a draft; a map that was finished meanwhile is shown as it is.
func (s *Server) places(w http.ResponseWriter, r *http.Request, who visitor) error {
	one, err := s.app.OwnDepthMap(r.Context(), who.manager, r.PathValue("map"))
	if err != nil {
		return err
	}
	if one.Finished() {
		return redirect(w, r, s.paths.DepthMap(one.ID))
	}
	props, err := s.placesProps(r, who)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, depthview.Places(s.depthPage(who, placesTitle), props))
}

func (s *Server) savePlaces(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, inputs, finish := r.PathValue("map"), placementInputs(fields), fields.Get("then") == "finish"
	carry := fields.Has("carry")
	if carry {
		err = s.app.CarryPlaces(r.Context(), who.manager, id, inputs, fields.Get("carry"))
	} else {
		err = s.app.SavePlaces(r.Context(), who.manager, id, inputs, finish)
	}
	if model.KindOf(err) == model.Finished {
		s.renderProblem(w, r, who, http.StatusConflict, siteview.ErrorProps{
			Heading: "This map is finished already",
			What:    "It was finished in another tab or on another device, and a finished map never changes. What you sent from this page is not in it.",
			Answers: "Your next map begins from it, and can take up what you meant here.",
			Way:     &siteview.Way{Words: "See the finished map", Address: s.paths.DepthMap(id)},
		})
		return nil
	}
	page, status := refused(s.depthPage(who, placesTitle), err)
	if status == 0 && err != nil {
		return err
	}
	if finish && status == http.StatusUnprocessableEntity {
		page.ErrorsTitle = "Before the map can be finished"
	}
	switch {
	case status == 0 && finish:
		return redirect(w, r, s.paths.DepthMap(id))
	case status == 0 && carry:
		return redirect(w, r, s.paths.Places(id)+"?saved#own")
	case status == 0:
		return redirect(w, r, s.paths.Places(id)+"?saved")
	}
	props, missing := s.placesProps(r, who)
	if missing != nil {
		return missing
	}
	if conflicts := s.typedPlaces(&props, inputs, err); len(conflicts) > 0 {
		page = inConflict(s.depthPage(who, placesTitle), conflicts...)
	}
	return s.render(w, r, status, depthview.Places(page, props))
}

// placementInputs reads the domains of a page, but for those of which what was saved elsewhere is to stay.
func placementInputs(fields url.Values) (inputs []model.PlacementInput) {
	for _, id := range itemsOf(fields, "depth.", "name.") {
		seen, keeps := counted(fields, id, fieldsSeen(fields, "depth."+id, "name."+id))
		if keeps {
			continue
		}
		inputs = append(inputs, model.PlacementInput{
			Domain: id, Name: fields.Get("name." + id), Depth: fields.Get("depth." + id), Weight: fields.Get("weight." + id),
			Role: fields.Get("role." + id), Whom: fields.Get("whom." + id), Year: fields.Get("year." + id),
			Asked: fields.Get("asked."+id) == "yes", Seen: seen,
		})
	}
	return inputs
}

// typedPlaces shows domains as they were typed, and beside those that are in conflict what is saved.
func (s *Server) typedPlaces(props *depthview.PlacesProps, inputs []model.PlacementInput, err error) (conflicts []string) {
	props.Changed = map[string]*kit.Changed{}
	refusal, _ := errors.AsType[*model.Error](err)
	for i := range props.Rows {
		row := &props.Rows[i]
		at := slices.IndexFunc(inputs, func(input model.PlacementInput) bool { return input.Domain == row.Domain.ID })
		if at < 0 {
			continue
		}
		field := "depth." + row.Domain.ID
		if refusal.Kind == model.Conflict && slices.ContainsFunc(refusal.Fields, func(one model.FieldError) bool { return one.Field == field }) {
			props.Changed[row.Domain.ID] = s.changedPlace(row.Input)
			conflicts = append(conflicts, field)
		}
		row.Input, row.Typed = inputs[at], true
	}
	return conflicts
}

// changedPlace is what is saved of a domain that was also changed elsewhere.
func (s *Server) changedPlace(saved model.PlacementInput) *kit.Changed {
	return &kit.Changed{Item: saved.Domain, Seen: saved.Seen, Level: depthview.SavedWords(saved, s.app.RoleInText(saved.Role)), Answer: placedOf(saved)}
}

// placedJSON is what is kept of one domain as a script reads it: the protocol of a draft's answers, so that one script
// serves both.
type placedJSON struct {
	Item   string `json:"item"`
	Name   string `json:"name"`
	Depth  string `json:"depth"`
	Weight string `json:"weight"`
	Role   string `json:"role"`
	Whom   string `json:"whom"`
	Asked  string `json:"asked"`
	Year   string `json:"year"`
	Seen   string `json:"seen"`
}

func placedOf(p model.PlacementInput) placedJSON {
	placed := placedJSON{Item: p.Domain, Name: p.Name, Depth: p.Depth, Weight: p.Weight, Role: p.Role, Whom: p.Whom, Year: p.Year, Seen: p.Seen}
	if p.Asked {
		placed.Asked = "yes"
	}
	return placed
}

// savePlace takes one domain from a script, and responds once it is stored durably.
func (s *Server) savePlace(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	kept, conflict, err := s.app.SavePlace(r.Context(), who.manager, r.PathValue("map"), model.PlacementInput{
		Domain: fields.Get("item"), Name: fields.Get("name"), Depth: fields.Get("depth"), Weight: fields.Get("weight"),
		Role: fields.Get("role"), Whom: fields.Get("whom"), Year: fields.Get("year"), Asked: fields.Get("asked") == "yes",
		Seen: fields.Get("seen"),
	})
	if err != nil {
		return err
	}
	if conflict {
		return s.refuseConflict(w, r, s.changedPlace(kept))
	}
	return s.writeJSON(w, http.StatusOK, placedOf(kept))
}

// placed sends a script what is kept of all domains of a draft, so that it can see whether another device has changed it.
func (s *Server) placed(w http.ResponseWriter, r *http.Request, who visitor) error {
	placed, err := s.app.Placed(r.Context(), who.manager, r.PathValue("map"))
	if err != nil {
		return err
	}
	list := []placedJSON{}
	for _, one := range placed {
		list = append(list, placedOf(one))
	}
	return s.writeJSON(w, http.StatusOK, map[string][]placedJSON{"answers": list})
}
