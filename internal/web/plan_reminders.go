package web

import (
	"net/http"

	"whetstone/internal/app"
	"whetstone/internal/model"
	"whetstone/views/kit"
	planview "whetstone/views/plan"
)

const remindersTitle = "Reminders"

func (s *Server) reminders(w http.ResponseWriter, r *http.Request, who visitor) error {
	reminders, err := s.app.Reminders(r.Context(), who.manager, who.zone())
	if err != nil {
		return err
	}
	props := s.remindersProps(who, reminders)
	props.Input = planview.CadenceInput(reminders.Next, app.SeenCadence(reminders.Next.Cadence))
	props.Done = r.URL.Query().Get("done")
	return s.render(w, r, http.StatusOK, planview.Reminders(s.settingsPage(who, remindersTitle), props))
}

func (s *Server) remindersProps(who visitor, reminders *model.Reminders) planview.RemindersProps {
	return planview.RemindersProps{Reminders: reminders, Today: who.zone().Day(s.Now()), Sends: s.Mail != nil}
}

func (s *Server) saveCadence(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	input := model.CadenceInput{Rhythm: fields.Get("rhythm"), Pulse: fields.Get("pulse"), Full: fields.Get("full")}
	var keeps bool
	input.Seen, keeps = counted(fields, planview.CadenceItem, fieldsSeen(fields, "rhythm", "pulse"))
	if !keeps {
		err = s.app.SaveCadence(r.Context(), who.manager, input)
	}
	if page, status := refused(s.settingsPage(who, remindersTitle), err); status != 0 {
		return s.cadenceRefused(w, r, who, page, status, input)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Reminders()+"?done=saved")
}

// cadenceRefused shows the form again, as it was typed, with what is wrong or what was chosen elsewhere.
func (s *Server) cadenceRefused(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, input model.CadenceInput) error {
	reminders, err := s.app.Reminders(r.Context(), who.manager, who.zone())
	if err != nil {
		return err
	}
	props := s.remindersProps(who, reminders)
	props.Input = input
	if status == http.StatusConflict {
		cadence := reminders.Next.Cadence
		props.Changed = &kit.Changed{Item: planview.CadenceItem, Seen: app.SeenCadence(cadence), Level: kit.CadenceWords(cadence)}
	}
	return s.render(w, r, status, planview.Reminders(page, props))
}

// makeCalendar answers with the address itself instead of redirecting: another address or a session would have to carry
// its secret. A form that is sent again leads back to the reminders.
func (s *Server) makeCalendar(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	secret, err := s.app.MakeCalendarFeed(r.Context(), who.manager, fields.Get("replaces"))
	if err != nil {
		return err
	}
	if secret == "" {
		return redirect(w, r, s.paths.Reminders()+"?done=again#address")
	}
	told(w, s.paths.Reminders()+"?done=again#address")
	page := s.settingsPage(who, "The address for your calendar")
	return s.render(w, r, http.StatusOK, planview.MadeCalendar(page, s.absolute(s.paths.Calendar(secret))))
}

func (s *Server) endCalendar(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if err := s.app.EndCalendarFeed(r.Context(), who.manager, fields.Get("ends")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Reminders()+"?done=ended")
}
