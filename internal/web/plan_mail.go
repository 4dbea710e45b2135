package web

import (
	"net/http"
	"net/url"
	"strings"

	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/paths"
	planview "whetstone/views/plan"
)

// remindByMail has a manager reminded at one of their addresses.
func (s *Server) remindByMail(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if s.Mail == nil {
		return model.ErrNotFound
	}
	if err := s.app.RemindByMail(r.Context(), who.manager, fields.Get("to")); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Reminders()+"?done=mail#mail")
}

func (s *Server) endMailReminders(w http.ResponseWriter, r *http.Request, who visitor) error {
	if err := s.app.EndMailReminders(r.Context(), who.manager); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Reminders()+"?done=no-mail#mail")
}

const stopTitle = "Reminders by mail"

// stopForm asks whoever follows the link in a mail whether to end such mails. It works without a session.
func (s *Server) stopForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	secret := r.PathValue("secret")
	stopped, err := s.app.StoppedReminders(r.Context(), secret, s.clientCode(r))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, planview.Stop(s.page(who, stopTitle), secret, stopped))
}

// stopReminders ends such mails, pressed by the person or, by RFC 8058, by their mail program, which follows no redirect.
func (s *Server) stopReminders(w http.ResponseWriter, r *http.Request, who visitor) error {
	secret := r.PathValue("secret")
	if err := s.app.StopReminders(r.Context(), secret, s.clientCode(r)); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, planview.Stop(s.page(who, stopTitle), secret, true))
}

// ReminderMessage writes what a manager is reminded of, with links below a base URL that need their session.
func ReminderMessage(base *url.URL, reminders model.ReminderMail) mail.Message {
	to := paths.Paths{Base: strings.TrimSuffix(base.Path, "/")}
	absolute := func(path string) string { return base.Scheme + "://" + base.Host + path }
	stop := absolute(to.StopReminders(reminders.Stop))
	subject, text := planview.ReminderWords(reminders, stop, func(kind model.ReminderKind) string { return absolute(reminderPage(to, kind)) })
	return mail.Message{To: reminders.To, Subject: subject, Text: text, Stop: stop}
}

// reminderPage is the page that a reminder leads to: where such things are listed, so that no id of them stands in it.
func reminderPage(to paths.Paths, kind model.ReminderKind) string {
	switch kind {
	case model.ReminderKind(model.PulseDue), model.ReminderKind(model.FullDue):
		return to.Start()
	case model.ReminderKind(model.CommitmentDue):
		return to.Plan()
	case model.ReminderKind(model.CycleEnds):
		return to.Teams()
	case model.ReminderKind(model.ShareEnds):
		return to.Shares()
	}
	return to.Home()
}
