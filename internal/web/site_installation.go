package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"whetstone/internal/model"
	"whetstone/views/kit"
	siteview "whetstone/views/site"
)

// caller is a visitor, as far as it decides whether they organise this installation. Of a session that isn't enough to come
// in, nothing counts.
func (s *Server) caller(who visitor) model.Caller {
	caller := model.Caller{Open: who.open, Again: s.SignInAgain}
	if who.known() && !s.shared(who) {
		caller.Session = who.session
	}
	return caller
}

// organises reports whether a visitor organises this installation, for what is shown to organisers on other pages.
func (s *Server) organises(r *http.Request, who visitor) (bool, error) {
	if !who.holds.Organised {
		return false, nil
	}
	organising, err := s.app.Organising(r.Context(), s.caller(who))
	return organising != model.NotOrganising, err
}

const installationTitle = "This installation"

func (s *Server) installation(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.renderInstallation(w, r, who, s.settingsPage(who, installationTitle), http.StatusOK, nil)
}

// renderInstallation answers with what is set for this installation; sent is what was sent by its form, nil for nothing.
func (s *Server) renderInstallation(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, sent *model.InstallationInput) error {
	found, err := s.app.InstallationPage(r.Context(), s.caller(who))
	if err != nil {
		return err
	}
	props := siteview.InstallationProps{
		InstallationPage: found, Offered: s.offered, Shut: s.offered.Shut(found.Holds.Closed), Saved: r.URL.Query().Has("saved"),
	}
	props.Input = s.app.InstallationForm(found.Set, s.offered)
	if sent != nil {
		if status == http.StatusConflict {
			props.Changed = s.changedInstallation(found, *sent, props.Input)
		}
		props.Input = *sent
	}
	return s.render(w, r, status, siteview.Installation(page, props))
}

// changeInstallation takes what an organiser sets. Where what was saved elsewhere is to stay, nothing of the form is taken.
func (s *Server) changeInstallation(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := installationInput(fields)
	var keeps bool
	if input.Seen, keeps = counted(fields, siteview.InstallationItem, fieldsSeen(fields, installationSettings...)); keeps {
		return redirect(w, r, s.paths.Installation())
	}
	err = s.app.ChangeInstallation(r.Context(), s.caller(who), s.offered, input)
	if page, status := refused(s.settingsPage(who, installationTitle), err); status != 0 {
		return s.renderInstallation(w, r, who, page, status, &input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Installation()+"?saved")
}

// installationSettings are the fields of the form, of which the operator may have fixed some.
var installationSettings = []string{
	model.OrganisationSetting, model.WelcomeSetting, model.ContactSetting, model.CadenceSetting, "full", model.GroupSetting, model.TeamsSetting, model.WaysSetting,
}

func installationInput(fields url.Values) model.InstallationInput {
	return model.InstallationInput{
		Name: fields.Get(model.OrganisationSetting), Welcome: fields.Get(model.WelcomeSetting), Contact: fields.Get(model.ContactSetting),
		Pulse: fields.Get(model.CadenceSetting), Full: fields.Get("full"), SmallestGroup: fields.Get(model.GroupSetting),
		Teams: fields.Get(model.TeamsSetting), Ways: fields[model.WaysSetting],
	}
}

// changedInstallation is what is set that was changed elsewhere, too, in so far as it differs from what was sent.
func (s *Server) changedInstallation(found *model.InstallationPage, sent, stored model.InstallationInput) *kit.Changed {
	changed := &kit.Changed{Item: siteview.InstallationItem, Seen: stored.Seen}
	for _, field := range []struct{ setting, label, stored, sent string }{
		{model.OrganisationSetting, "The name", stored.Name, sent.Name}, {model.WelcomeSetting, "The welcome", stored.Welcome, sent.Welcome},
		{model.ContactSetting, "Whom people ask", stored.Contact, sent.Contact},
		{model.CadenceSetting, "Weeks between pulses", stored.Pulse, sent.Pulse}, {model.CadenceSetting, "Weeks between full assessments", stored.Full, sent.Full},
		{model.GroupSetting, "The smallest group", stored.SmallestGroup, sent.SmallestGroup},
		{model.TeamsSetting, "Who opens teams", stored.Teams, sent.Teams},
		{model.WaysSetting, "Open ways in", s.wayNames(stored.Ways), s.wayNames(sent.Ways)},
	} {
		if field.stored != field.sent && !found.Fixed[field.setting] {
			changed.Texts = append(changed.Texts, field.label+": "+cmp.Or(field.stored, "none"))
		}
	}
	return changed
}

// wayNames names ways in by their keys.
func (s *Server) wayNames(keys []string) string {
	var names []string
	for _, way := range s.offered {
		if slices.Contains(keys, way.Key) {
			names = append(names, way.Name)
		}
	}
	return strings.Join(names, ", ")
}

const organiseTitle = "Organise this installation"

func (s *Server) organiseForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	return s.render(w, r, http.StatusOK, siteview.Organise(s.page(who, organiseTitle), ""))
}

// organise lets somebody organise this installation who has a code of its operator's.
func (s *Server) organise(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	var session model.Session
	if who.known() {
		session = who.session
	}
	token, err := s.app.BecomeOrganiser(r.Context(), session, fields.Get("code"), s.clientCode(r), deviceLabel(r.UserAgent()))
	if page, bad := withErrors(s.page(who, organiseTitle), err); bad {
		page.ErrorsTitle = "Before you can organise"
		return s.render(w, r, http.StatusUnprocessableEntity, siteview.Organise(page, fields.Get("code")))
	}
	if err != nil {
		return err
	}
	if err := s.adopt(w, r, token); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Installation())
}
