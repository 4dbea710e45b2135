package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"whetstone/internal/app"
	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/web"
)

// mailing is the server that takes this installation's mail.
type mailing struct {
	MailHost     string `env:"WHETSTONE_MAIL_HOST" placeholder:"HOST" help:"Server that takes mail by SMTP (${env}; off by default). With it people come in by links in mails, and can be reminded by mail."`
	MailPort     int    `env:"WHETSTONE_MAIL_PORT" placeholder:"PORT" help:"Its port (${env}; default: 587, with implicit TLS 465, without TLS 25)."`
	MailTLS      string `name:"mail-tls" default:"starttls" env:"WHETSTONE_MAIL_TLS" placeholder:"starttls|implicit|none" help:"How the way there is protected (${env}; default ${default}). Without TLS only a server on this machine is used."`
	MailUser     string `env:"WHETSTONE_MAIL_USER" placeholder:"NAME" help:"User that the server knows this installation by, if it asks (${env})."`
	MailPassword string `env:"WHETSTONE_MAIL_PASSWORD" secret:"" placeholder:"PASSWORD" help:"The password that goes with it (${env}, or better in a file that ${env}_FILE names)."`
	MailFrom     string `env:"WHETSTONE_MAIL_FROM" placeholder:"ADDRESS" help:"Address that mails come from (${env}), such as 'Whetstone <whetstone@example.org>'."`
}

// sender reads the settings; nil where none are given.
func (m mailing) sender() (*mail.Sender, error) {
	if m.MailHost == "" {
		if m.MailPort != 0 || m.MailUser != "" || m.MailPassword != "" || m.MailFrom != "" {
			return nil, usageError{errors.New("the server for mail (--mail-host) is missing, and other settings of mail are given")}
		}
		return nil, nil
	}
	sender, err := mail.New(mail.Settings{
		Host: m.MailHost, Port: m.MailPort, Security: mail.Security(m.MailTLS), User: m.MailUser, Password: m.MailPassword, From: m.MailFrom,
	})
	if wrong, is := errors.AsType[*mail.Error](err); is {
		return nil, usageError{fmt.Errorf("--mail-%s: %s", wrong.Setting, wrong.Says)}
	}
	return sender, err
}

// reminding sends the reminders that are due.
func reminding(useCases *app.App, sender *mail.Sender, base *url.URL) func(context.Context) error {
	return func(ctx context.Context) error {
		return useCases.SendReminders(ctx, func(ctx context.Context, reminders model.ReminderMail) error {
			return sender.Send(ctx, web.ReminderMessage(base, reminders))
		})
	}
}

// lookAtMail checks whether mail can be handed over, and sends one if it is told to whom.
func (c doctorCommand) lookAtMail(ctx context.Context) []finding {
	const about = "mail"
	sender, err := c.sender()
	switch {
	case err != nil:
		return nil // reported already
	case sender == nil && c.MailTo != "":
		return []finding{bad(about, "there is no server to send a test mail by: give --mail-host")}
	case sender == nil:
		return []finding{ok(about, "none is ever sent, so there is nothing to set up")}
	case c.MailTo == "":
		if err := sender.Check(ctx); err != nil {
			return []finding{bad(about, "%s (--mail-host): %v", sender.Server(), err)}
		}
		return []finding{ok(about, "%s takes it; with --mail-to ADDRESS a test mail is sent", sender.Server())}
	}
	to, err := mail.Normal(c.MailTo)
	if err != nil {
		return []finding{bad(about, "--mail-to is no address such as name@example.org")}
	}
	err = sender.Send(ctx, mail.Message{To: to, Subject: "A test mail from Whetstone", Text: "This is the mail that \"whetstone doctor\" was told to send. Mail from Whetstone arrives.\n"})
	if err != nil {
		return []finding{bad(about, "%s (--mail-host): %v", sender.Server(), err)}
	}
	return []finding{ok(about, "%s took a test mail; look whether it arrives, and not among the unwanted mail", sender.Server())}
}
