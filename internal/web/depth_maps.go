package web

import (
	"encoding/json"
	"net/http"

	"whetstone/internal/app"
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

// mapsPage is the page where a map is begun. A new visitor's zone isn't known yet: the form asks for it.
func (s *Server) mapsPage(who visitor) kit.Page {
	page := s.depthPage(who, depthTitle)
	page.AsksZone = who.session.ID == ""
	return page
}

func (s *Server) depthMaps(w http.ResponseWriter, r *http.Request, who visitor) error {
	maps, err := s.app.DepthMaps(r.Context(), who.manager)
	if err != nil {
		return err
	}
	props := depthview.MapsProps{DepthMaps: maps, Deleted: r.URL.Query().Has("deleted")}
	return s.render(w, r, http.StatusOK, depthview.Maps(s.mapsPage(who), props))
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

// beginMap begins a map. The first thing that a visitor begins makes the manager and the session that it belongs to.
func (s *Server) beginMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := model.BeginMapInput{Scope: fields.Get("scope"), Craft: fields.Get("craft"), From: s.clientCode(r), Zone: who.zone()}
	if who.session.ID == "" {
		input.Zone, _ = model.ReadZone(fields.Get("browser-zone"))
	}
	var begun model.BegunMap
	if who.known() {
		begun, err = s.app.BeginMap(r.Context(), who.manager, input)
	} else {
		var token string
		token, begun.ID, err = s.app.BeginMapAsNew(r.Context(), deviceLabel(r.UserAgent()), input)
		if err == nil {
			err = s.adopt(w, r, token)
		}
	}
	if page, bad := withErrors(s.mapsPage(who), err); bad {
		page.ErrorsTitle = "Before this can start"
		maps, err := s.app.DepthMaps(r.Context(), who.manager)
		if err != nil {
			return err
		}
		maps.Scope, maps.Craft = input.Scope, input.Craft
		return s.render(w, r, http.StatusUnprocessableEntity, depthview.Maps(page, depthview.MapsProps{DepthMaps: maps}))
	}
	if err != nil {
		return err
	}
	if begun.UnderWay {
		return redirect(w, r, s.paths.Places(begun.ID)+"?under-way")
	}
	return redirect(w, r, s.paths.Places(begun.ID))
}

// endMapOffer has Home stop to offer a first map.
func (s *Server) endMapOffer(w http.ResponseWriter, r *http.Request, who visitor) error {
	if _, err := form(r); err != nil {
		return err
	}
	if err := s.app.EndMapOffer(r.Context(), who.manager); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Home())
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

const deleteMapTitle = "Delete a depth map"

func (s *Server) deleteMapForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.askToDeleteMap(w, r, who, http.StatusOK, s.depthPage(who, deleteMapTitle))
}

func (s *Server) askToDeleteMap(w http.ResponseWriter, r *http.Request, who visitor, status int, page kit.Page) error {
	one, err := s.app.OwnDepthMap(r.Context(), who.manager, r.PathValue("map"))
	if err != nil {
		return err
	}
	return s.render(w, r, status, depthview.DeleteMap(page, one, app.SeenMap(one)))
}

func (s *Server) deleteMap(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	err = s.app.DeleteDepthMap(r.Context(), who.manager, r.PathValue("map"), fieldsSeen(fields, depthview.MapItem), fields.Get("meant") == "yes")
	if page, status := refusedDeletion(s.depthPage(who, deleteMapTitle), err); status != 0 {
		return s.askToDeleteMap(w, r, who, status, page)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.DepthMaps()+"?deleted")
}
