package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/mail"
	"whetstone/internal/model"
	"whetstone/internal/paths"
	"whetstone/internal/questionnaire"
	"whetstone/internal/text"
)

// organising is who organises this installation, and what the operator fixes of what organisers could set.
type organising struct {
	Organisers   []string `name:"organiser" env:"WHETSTONE_ORGANISERS" placeholder:"WHO" help:"Who sets what this installation is called, who opens teams and which ways in are open, and sees no answers (${env}; several with commas): a mail address that a provider, a proxy or a link by mail vouches for, 'ISSUER SUBJECT' of an OpenID Connect provider, or what a proxy’s header calls them. \"whetstone organise\" makes organisers where nobody signs in."`
	Organisation string   `env:"WHETSTONE_ORGANISATION" placeholder:"NAME" help:"What the organisation is called (${env}; by default organisers say it). This and the next settings can’t be changed by organisers once they are given here."`
	Welcome      string   `env:"WHETSTONE_WELCOME" placeholder:"TEXT" help:"A line of welcome on the first page (${env}; by default organisers say it)."`
	Contact      string   `env:"WHETSTONE_CONTACT" placeholder:"WHOM" help:"Whom people ask: a mail address, an address of the web or a few words (${env}; by default organisers say it)."`
	PulseWeeks   int      `env:"WHETSTONE_PULSE_WEEKS" placeholder:"WEEKS" help:"After how many weeks a pulse is proposed to managers (${env}; by default organisers say it, or 6). Given with or without --full-weeks, the two are what is proposed."`
	FullWeeks    int      `env:"WHETSTONE_FULL_WEEKS" placeholder:"WEEKS" help:"After how many weeks a full assessment is (${env}; by default organisers say it, or 13)."`
	Teams        string   `default:"" enum:",everybody,organisers" env:"WHETSTONE_TEAMS" placeholder:"everybody|organisers" help:"Who opens teams (${env}; by default organisers say it, or everybody)."`
	FixedWaysIn  bool     `env:"WHETSTONE_FIXED_WAYS_IN" help:"Offer every way in that is configured, and let organisers close none (${env})."`
}

// operator reads the settings of an organisation.
func (c serveCommand) operator() (app.Operator, error) {
	operator := app.Operator{Fixed: map[string]bool{}, Set: model.Installation{
		Name: c.Organisation, Welcome: c.Welcome, Contact: c.Contact, PulseWeeks: c.PulseWeeks, FullWeeks: c.FullWeeks,
		OrganisersOnly: c.Teams == model.OrganisersTeams,
	}}
	for _, who := range c.Organisers {
		organiser, err := c.organiser(strings.TrimSpace(who))
		if err != nil {
			return operator, usageError{fmt.Errorf("--organiser %q: %w", who, err)}
		}
		operator.Organisers = append(operator.Organisers, organiser)
	}
	for _, one := range []struct {
		setting, flag, says string
		limit               int
	}{
		{model.OrganisationSetting, "organisation", c.Organisation, model.OrganisationLimit},
		{model.WelcomeSetting, "welcome", c.Welcome, model.WelcomeLimit},
		{model.ContactSetting, "contact", c.Contact, model.ContactLimit},
	} {
		if text.Line(one.says) != one.says || utf8.RuneCountInString(one.says) > one.limit {
			return operator, usageError{fmt.Errorf("--%s: %q is not one line of %d characters or fewer", one.flag, one.says, one.limit)}
		}
		operator.Fixed[one.setting] = one.says != ""
	}
	cadence := model.Cadence{PulseWeeks: c.PulseWeeks, FullWeeks: c.FullWeeks}
	if least, most := min(c.PulseWeeks, c.FullWeeks), max(c.PulseWeeks, c.FullWeeks); least < 0 || most > model.LongestInterval || cadence.Pulseless() {
		return operator, usageError{fmt.Errorf("--pulse-weeks %d and --full-weeks %d make no rhythm: give 1 to %d weeks, and the pulse clearly more often than the full assessment", c.PulseWeeks, c.FullWeeks, model.LongestInterval)}
	}
	operator.Fixed[model.CadenceSetting] = !cadence.Off()
	operator.Fixed[model.TeamsSetting] = c.Teams != ""
	operator.Fixed[model.GroupSetting] = c.SmallestGroup != nil
	operator.Fixed[model.WaysSetting] = c.FixedWaysIn
	return operator, nil
}

// organiser reads who an organiser is, and checks that somebody vouches for such people here.
func (c serveCommand) organiser(who string) (model.Organiser, error) {
	if issuer, subject, two := strings.Cut(who, " "); two {
		for _, provider := range []openIDProvider{c.First, c.Second, c.Third, c.Fourth} {
			if provider.Issuer == issuer && strings.TrimSpace(subject) != "" {
				return model.Organiser{Issuer: issuer, Subject: strings.TrimSpace(subject)}, nil
			}
		}
		return model.Organiser{}, errors.New("of issuer and subject the first must be the issuer of a provider here (--openid-issuer), exactly")
	}
	if address, err := mail.Normal(who); err == nil {
		if c.First.Issuer+c.Second.Issuer+c.Third.Issuer+c.Fourth.Issuer+c.ProxyHeader+c.MailHost == "" {
			return model.Organiser{}, errors.New("nobody vouches for mail addresses here: give --openid-issuer, --proxy-header or --mail-host, or make organisers with \"whetstone organise\"")
		}
		return model.Organiser{Address: address}, nil
	}
	if c.ProxyHeader == "" || who == "" || text.Line(who) != who {
		return model.Organiser{}, errors.New("it is neither a mail address nor 'ISSUER SUBJECT', and no proxy names people here (--proxy-header)")
	}
	return model.Organiser{Named: who}, nil
}

// smallestGroup is the operator's fewest people.
func (c serveCommand) smallestGroup() int {
	if c.SmallestGroup == nil {
		return model.SmallestGroup
	}
	return *c.SmallestGroup
}

// organiseCommand makes organisers where the configuration names none.
type organiseCommand struct {
	atDatabase
	listening
	End bool `help:"End all codes, and let nobody organise any more who came by one."`
}

// Help implements kong's HelpProvider.
func (organiseCommand) Help() string {
	return `Prints a code with which one person becomes an organiser of this installation, in the browser in which they enter
it: once, within an hour. Organisers set what the installation is called, who opens teams and which ways in are
open, and see no answers. Nobody becomes one by coming first. Where people sign in, name organisers with
--organiser of "whetstone serve" instead. Run it as the user that the app runs as, while the app runs or not.`
}

// Run prints a code, or ends what came of all codes.
func (c organiseCommand) Run(ctx context.Context, to output) (err error) {
	base, err := c.base()
	if err != nil {
		return err
	}
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		return err
	}
	connected, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, connected.Close()) }()
	found, err := connected.Migrations(ctx)
	if err != nil {
		return c.unusable(err)
	}
	if count := len(found.Pending); count > 0 {
		return fmt.Errorf(`%d %s pending: run "whetstone migrate", or start the app`, count, plural(count, "migration"))
	}
	useCases := app.New(connected, library, time.Now, rand.Text, app.Secret)
	if c.End {
		ended, err := useCases.EndOrganisers(ctx)
		if err == nil {
			_, err = fmt.Fprintf(to.out, "No code opens anything any more, and %d who came by one %s no longer.\n", ended, organiseVerb(ended))
		}
		return err
	}
	code, err := useCases.MakeOrganiserCode(ctx)
	if err != nil {
		return err
	}
	base = cmp.Or(base, &url.URL{Scheme: "http", Host: c.Listen})
	address := base.Scheme + "://" + base.Host + paths.Paths{Base: strings.TrimSuffix(base.Path, "/")}.Organise()
	_, err = fmt.Fprintf(to.out, "Open %s in the browser of whoever shall organise this installation, and enter\n\n    %s\n\nIt works once, until %s.\n",
		address, code, time.Now().Add(model.OrganiserCodeLife).Format("15:04"))
	return err
}

func organiseVerb(count int64) string {
	if count == 1 {
		return "organises"
	}
	return "organise"
}

// lookAtOrganisers says who organises this installation, and what is set so that it can't hold.
func (c doctorCommand) lookAtOrganisers(ctx context.Context) []finding {
	const about = "organisers"
	operator, err := c.operator()
	if err != nil {
		return nil // reported already
	}
	connected, err := c.connect(ctx)
	if err != nil {
		return nil // reported already
	}
	defer func() { _ = connected.Close() }()
	count, err := connected.Organisers(ctx)
	if err != nil {
		return nil // its schema is older, which is reported already
	}
	set, err := connected.Installation(ctx)
	if err != nil {
		return []finding{bad(about, "%v", err)}
	}
	named := len(operator.Organisers)
	found := []finding{ok(about, "%d %s named (--organiser), and %d came by a code of \"whetstone organise\"; they set what the installation is called, who opens teams and which ways in are open, and see no answers", named, isAre(named), count)}
	if named+count == 0 {
		found = []finding{ok(about, "there are none, and none are needed: name some with --organiser, or make one with \"whetstone organise\"")}
	}
	if least := c.smallestGroup(); set.SmallestGroup > least && c.SmallestGroup != nil {
		found = append(found, warn(about, "organisers raised the smallest group to %d, and --smallest-group fixes it at %d: cycles made from now on keep the latter", set.SmallestGroup, least))
	}
	if c.offered().Shut(set.Closed) && !c.FixedWaysIn {
		found = append(found, warn(about, "the ways in that organisers left open are none of the configured ones any more, so all of those are open: let an organiser choose anew"))
	}
	return found
}

func isAre(count int) string {
	if count == 1 {
		return "is"
	}
	return "are"
}

// offered are the ways in of the configuration, in so far as they decide whether anybody can come in.
func (c serveCommand) offered() (offered model.Offered) {
	if !c.SignInOnly {
		offered = append(offered, model.VisitOffered)
	}
	for _, provider := range []openIDProvider{c.First, c.Second, c.Third, c.Fourth} {
		if provider.Issuer != "" {
			offered = append(offered, model.WayOffered{Way: model.ByOpenID, Issuer: provider.Issuer})
		}
	}
	if c.ProxyHeader != "" {
		offered = append(offered, model.WayOffered{Way: model.ByProxy})
	}
	return offered
}
