package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"whetstone/internal/model"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
)

func (s *Server) depthPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Current = "depth"
	return page
}

const depthTitle = "Depth map"

func (s *Server) depthMaps(w http.ResponseWriter, r *http.Request, who visitor) error {
	maps, err := s.app.DepthMaps(r.Context(), who.manager)
	if err != nil {
		return err
	}
	props := depthview.MapsProps{DepthMaps: maps, Deleted: r.URL.Query().Has("deleted")}
	return s.render(w, r, http.StatusOK, depthview.Maps(s.depthPage(who, depthTitle), props))
}

func (s *Server) depthMapsJSON(w http.ResponseWriter, r *http.Request, who visitor) error {
	export, err := s.app.ExportMaps(r.Context(), who.manager)
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(export, "", "  ")
	if err != nil {
		return err
	}
	attachment(w, "whetstone-depth-maps", who.zone().Day(s.Now()), "json")
	return send(w, r, http.StatusOK, "application/json", content)
}

func (s *Server) beginMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	scope, craft := fields.Get("scope"), fields.Get("craft")
	id, err := s.app.BeginMap(r.Context(), who.manager, scope, craft, s.clientCode(r))
	if page, bad := withErrors(s.depthPage(who, depthTitle), err); bad {
		page.ErrorsTitle = "Before this can start"
		maps, err := s.app.DepthMaps(r.Context(), who.manager)
		if err != nil {
			return err
		}
		maps.Scope, maps.Craft = scope, craft
		return s.render(w, r, http.StatusUnprocessableEntity, depthview.Maps(page, depthview.MapsProps{DepthMaps: maps}))
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Places(id))
}

// depthMap shows a finished map; one that is still being made leads to where it is made.
func (s *Server) depthMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("map")
	one, err := s.app.OwnDepthMap(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	if !one.Finished() {
		return redirect(w, r, s.paths.Places(id))
	}
	page, err := s.app.DepthMap(r.Context(), who.manager, id, r.URL.Query().Get("since"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, depthview.Map(s.depthPage(who, "Your depth map"), page))
}

const placesTitle = "Place your domains"

// placesProps is what the page of a draft shows.
func (s *Server) placesProps(r *http.Request, who visitor) (depthview.PlacesProps, error) {
	places, err := s.app.Places(r.Context(), who.manager, r.PathValue("map"))
	if err != nil {
		return depthview.PlacesProps{}, err
	}
	return depthview.PlacesProps{PlacesPage: places, Scope: s.app.ScopeName(places.Map.Scope), Saved: r.URL.Query().Has("saved")}, nil
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
	err = s.app.SavePlaces(r.Context(), who.manager, id, inputs, finish)
	page, status := refused(s.depthPage(who, placesTitle), err)
	if status == 0 && err != nil {
		return err
	}
	switch {
	case status == 0 && finish:
		return redirect(w, r, s.paths.DepthMap(id))
	case status == 0:
		return redirect(w, r, s.paths.Places(id)+"?saved")
	}
	props, missing := s.placesProps(r, who)
	if missing != nil {
		return missing
	}
	if conflicts := typedPlaces(&props, inputs, err); len(conflicts) > 0 {
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
func typedPlaces(props *depthview.PlacesProps, inputs []model.PlacementInput, err error) (conflicts []string) {
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
			props.Changed[row.Domain.ID] = &kit.Changed{Item: row.Domain.ID, Seen: row.Input.Seen, Level: depthview.SavedWords(row.Input)}
			conflicts = append(conflicts, field)
		}
		row.Input = inputs[at]
	}
	return conflicts
}

const deleteMapTitle = "Delete a depth map"

func (s *Server) deleteMapForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.askToDeleteMap(w, r, who, http.StatusOK, s.depthPage(who, deleteMapTitle))
}

func (s *Server) askToDeleteMap(w http.ResponseWriter, r *http.Request, who visitor, status int, page kit.Page) error {
	one, err := s.app.OwnDepthMap(r.Context(), who.manager, r.PathValue("map"))
	if err != nil {
		return err
	}
	return s.render(w, r, status, depthview.DeleteMap(page, one))
}

func (s *Server) deleteMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	err = s.app.DeleteDepthMap(r.Context(), who.manager, r.PathValue("map"), fields.Get("meant") == "yes")
	if page, bad := withErrors(s.depthPage(who, deleteMapTitle), err); bad {
		page.ErrorsTitle = "Before it is deleted"
		return s.askToDeleteMap(w, r, who, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.DepthMaps()+"?deleted")
}
