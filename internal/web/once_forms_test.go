package web_test

import (
	"net/http"
	"net/url"
	"time"

	"whetstone/internal/model"
	"whetstone/internal/paths"
)

// arriving makes the forms that the tables of routes have none for which is taken.
var arriving = map[string]func(s *site) sending{
	"POST " + paths.CheckFilePattern: func(s *site) sending {
		mover := s.browser()
		return mover.form(s.paths.CheckFile(), mover.sendsHistory().sentFields("bring"))
	},
	"POST " + paths.KeyPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		return owner.form(s.paths.RecoveryKey(), url.Values{"replaces": {""}})
	},
	"POST " + paths.OrganisePattern: func(s *site) sending {
		return s.browser().form(s.paths.Organise(), url.Values{"code": {s.organiserCode()}})
	},
	"POST " + paths.InstallationPattern: func(s *site) sending {
		organiser := s.browser()
		organiser.organises()
		fields := url.Values{"organisation": {"Example Works"}, "pulse": {"6"}, "full": {"13"}, "smallest-group": {"6"}, "teams": {"everybody"}, "ways": {"visit"}}
		return organiser.form(s.paths.Installation(), fields)
	},
	"POST " + paths.RecoverPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		return s.browser().form(s.paths.Recover(), url.Values{"words": {owner.makeKey()}})
	},
	"POST " + paths.ChoicePattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		owner.comesAs("")
		return owner.form(s.paths.Choice(), url.Values{"choice": {model.KeepHere}})
	},
	"POST " + paths.RemoveWayInPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		anIdentity, _ := s.knownBy(owner)
		return owner.form(s.paths.RemoveWayIn(anIdentity), url.Values{"others": {"yes"}})
	},
	"POST " + paths.PasskeyPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		_, aPasskey := s.knownBy(owner)
		return owner.form(s.paths.Passkey(aPasskey), url.Values{"name": {"An old laptop"}})
	},
	"POST " + paths.RemovePasskeyPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		_, aPasskey := s.knownBy(owner)
		return owner.form(s.paths.RemovePasskey(aPasskey), url.Values{})
	},
	"POST " + paths.TogetherPattern: func(s *site) sending {
		_, phone := s.twoHistories()
		return phone.form(s.paths.Together(), url.Values{})
	},
	"POST " + paths.ApartPattern: func(s *site) sending {
		_, phone := s.twoHistories()
		phone.visit(s.paths.Together()).press("Lay them together")
		return phone.form(s.paths.Apart(), url.Values{})
	},
	"POST " + paths.StayTogetherPattern: func(s *site) sending {
		_, phone := s.twoHistories()
		phone.visit(s.paths.Together()).press("Lay them together")
		return phone.form(s.paths.StayTogether(), url.Values{})
	},
	"POST " + paths.KeepMentorPattern: func(s *site) sending {
		return s.signedMentor().form(s.paths.KeepMentor(), url.Values{})
	},
	"POST " + paths.LetGoMentorPattern: func(s *site) sending {
		mentor := s.signedMentor()
		mentor.visit(s.paths.MentorDevices()).press("Keep this under my sign-in")
		return mentor.form(s.paths.LetGoMentor(), url.Values{})
	},
	"POST " + paths.CalendarAddressPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		return owner.form(s.paths.CalendarAddress(), url.Values{"replaces": {""}})
	},
	"POST " + paths.EndCalendarPattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		owner.calendar()
		form, _ := owner.get(s.paths.Reminders()).formOf("End it")
		return owner.form(s.paths.EndCalendar(), successful(owner.get(s.paths.Reminders()).controls(form)))
	},
	"POST " + paths.MailLinkPattern: func(s *site) sending {
		s.mailed()
		somebody := s.browser()
		somebody.asksForMail(s.paths.SignIn(), "ada@example.com")
		return somebody.form(linkIn(s.t, s.mail), url.Values{})
	},
	"POST " + paths.MailPattern: func(s *site) sending {
		s.mailed()
		return s.browser().form(s.paths.Mail(), url.Values{"address": {"ada@example.com"}})
	},
	"POST " + paths.MailRemindersPattern: func(s *site) sending {
		s.mailed()
		owner := s.withAddress()
		form, _ := owner.get(s.paths.Reminders()).formOf("Remind me at ada@example.com")
		return owner.form(s.paths.MailReminders(), successful(owner.get(s.paths.Reminders()).controls(form)))
	},
	"POST " + paths.StopRemindersPattern: func(s *site) sending {
		s.mailed()
		return s.browser().form(s.stopLink(), url.Values{"List-Unsubscribe": {"One-Click"}})
	},
	"POST " + paths.EndDevicePattern: func(s *site) sending {
		owner, phone := s.browser(), s.browser()
		owner.finished("first-team", "pulse")
		phone.recover(owner.makeKey())
		form, _ := phone.get(s.paths.Devices()).formOf("Sign out A browser")
		return phone.form(attribute(form, "action"), url.Values{})
	},
	"POST " + paths.ErasePattern: func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		return owner.form(s.paths.Erase(), url.Values{"meant": {"yes"}})
	},
	"POST " + paths.RemoveSharePattern: func(s *site) sending {
		owner := s.browser()
		share := owner.shares(owner.finished("first-team", "full"), everything())
		owner.post(s.paths.RevokeShare(share.id), url.Values{}).wantStatus(onward)
		return owner.form(s.paths.RemoveShare(share.id), url.Values{})
	},
	"POST " + paths.OpenSharePattern: func(s *site) sending {
		owner := s.browser()
		return s.browser().form(owner.shares(owner.finished("first-team", "full"), everything()).link, url.Values{})
	},
	"POST " + paths.ContinuePattern: func(s *site) sending {
		w := newShareWorld(s)
		return s.browser().form(s.paths.Continue(), url.Values{"code": {w.all.code()}})
	},
	"POST " + paths.JoinCodePattern: func(s *site) sending {
		crew := s.newCrew("Crew", 1)
		code := crew.steward().invitation(crew.team, "join-code")
		return s.browser().form(s.paths.JoinCode(), url.Values{"code": {code}, "join": {"yes"}, "name": {"Newcomer"}, "agreed": {"yes"}})
	},
	"POST " + paths.JoinPattern: func(s *site) sending {
		return s.browser().form(s.newCrew("Crew", 1).link, url.Values{"name": {"Newcomer"}, "agreed": {"yes"}})
	},
	"POST " + paths.PeersPattern: func(s *site) sending {
		one, other := s.newCrew("One", 5), s.newCrew("Other", 5)
		one.round("First", 5)
		other.round("First", 5)
		one.steward().visit(s.paths.Peers(one.team)) // or its cookie is renewed by the first answer
		code := other.steward().invitation(other.team, "compare-code")
		return one.steward().form(s.paths.Peers(one.team), url.Values{"code": {code}, "ask": {"yes"}})
	},
	"POST " + paths.CloseCyclePattern: func(s *site) sending {
		crew := s.newCrew("Crew", 1)
		return crew.steward().form(s.paths.CloseCycle(crew.team, crew.open("First", "full")), url.Values{})
	},
	"POST " + paths.MemberPattern: func(s *site) sending {
		crew := s.newCrew("Crew", 2)
		return crew.steward().form(s.paths.Member(crew.team, crew.memberID("Crew 2")), url.Values{"do": {"remove"}})
	},
	"POST " + paths.MyPlacePattern: func(s *site) sending {
		crew := s.newCrew("Crew", 2)
		crew.steward().post(s.paths.Member(crew.team, crew.memberID("Crew 2")), url.Values{"do": {"steward"}}).wantStatus(onward)
		return crew.steward().form(s.paths.MyPlace(crew.team), url.Values{"do": {"step-down"}})
	},
}

// alsoArriving are forms of routes that take several, and those of nobody, who becomes somebody by them.
var alsoArriving = map[string]func(s *site) sending{
	"a first assessment": func(s *site) sending { return s.browser().form(s.paths.Start(), startFields(world{})) },
	"a first team": func(s *site) sending {
		return s.browser().form(s.paths.NewTeam(), url.Values{"name": {"A team"}, "smallest-group": {"5"}, "member-name": {"Somebody"}})
	},
	"deleting a finished assessment": func(s *site) sending {
		owner := s.browser()
		return owner.form(s.paths.Delete(owner.finished("first-team", "full")), url.Values{"meant": {"yes"}})
	},
	"a first cycle": func(s *site) sending {
		crew := s.newCrew("Crew", 1)
		now := s.clock.now()
		return crew.steward().form(s.paths.NewCycle(crew.team), url.Values{
			"name": {"First"}, "form": {"pulse"}, "opens": {now.Format(time.DateOnly)}, "closes": {now.AddDate(0, 0, 10).Format(time.DateOnly)},
		})
	},
	"signing this device out": func(s *site) sending {
		owner := s.browser()
		owner.finished("first-team", "pulse")
		owner.makeKey()
		form, _ := owner.get(s.paths.Devices()).formOf("Sign out here")
		return owner.form(attribute(form, "action"), url.Values{})
	},
	"looking as a mentor": func(s *site) sending {
		return demonstrated(s).form(s.paths.Demonstration(), url.Values{"who": {"mentor"}})
	},
	"a name in a team": func(s *site) sending {
		crew := s.newCrew("Crew", 1)
		return crew.steward().form(s.paths.MyPlace(crew.team), url.Values{"name": {"Another"}})
	},
}

// demonstrated gives a demonstration something to show, and another visitor.
func demonstrated(s *site) *browser {
	visitor := s.browser()
	visitor.post(s.paths.Demonstration(), url.Values{}).wantStatus(onward)
	visitor.finished("first-team", "full")
	return s.browser()
}

// arriving makes a form of a route of the table.
func (w world) arriving(owner *browser, pattern string) sending {
	row := routes[pattern]
	if row.ownerOfFinished >= http.StatusBadRequest {
		w.assessment = owner.begun("first-team", "full")
	}
	return owner.form(w.path(pattern), row.fields(w))
}

func (w teamWorld) arriving(pattern string) sending {
	return w.steward().form(w.path(pattern), teamRoutes[pattern].fields(w))
}

func (w planWorld) arriving(pattern string) sending {
	return w.owner.form(w.path(pattern, w.openID, w.draft), planRoutes[pattern].fields(w))
}

func (w shareWorld) arriving(pattern string) sending {
	row, who := shareRoutes[pattern], w.all
	if row.owner < http.StatusBadRequest {
		who = w.owner
	}
	return who.form(w.path(w.allShare, pattern), row.fields(w))
}
