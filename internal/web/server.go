// Package web serves the app over HTTP: routes, sessions, forms, errors and limits. A handler decodes,
// makes one call into app, then renders or redirects.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"whetstone/assets"
	"whetstone/internal/app"
	"whetstone/internal/paths"
)

// Configuration is what the server needs besides the use cases.
type Configuration struct {
	// BaseURL is where people reach the app, such as "https://example.org/whetstone". Its scheme decides whether
	// cookies are secure; its path is the base path of every URL.
	BaseURL *url.URL
	// Secret signs session cookies; at least 32 bytes.
	Secret []byte
	// Log gets one line per request, without answers, notes, secrets or addresses of people.
	Log *slog.Logger
	// Now returns the current time.
	Now func() time.Time
	// Random returns an unguessable text, for request ids.
	Random func() string
	// TrustedProxies are the proxies that are believed about where a request comes from.
	TrustedProxies []netip.Prefix
	// Served, if set, is called for every request that was answered.
	Served func(Served)
	// DemonstrationManager is the made-up manager of a demonstration instance, "" on any other.
	DemonstrationManager string
}

// Server is the app over HTTP.
type Server struct {
	Configuration
	app      *app.App
	paths    paths.Paths
	sessions *sessionStore
	mentors  *mentorStore
	// origins tells pages of ours from others, where browsers say which one they send a form from.
	origins *http.CrossOriginProtection
	// room is the memory that forms in transit take.
	room *room
	// visitors is the link through which visitors of a demonstration look as a mentor.
	visitors visitorLink
}

// plainPath matches a base path that needs no escaping in addresses or route patterns.
var plainPath = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*$`)

// New returns the handler of the whole app.
func New(useCases *app.App, configuration Configuration) (http.Handler, error) {
	base := strings.TrimSuffix(configuration.BaseURL.Path, "/")
	if !plainPath.MatchString(base) {
		return nil, fmt.Errorf("the path of the base URL, %q, may hold letters, digits and - . _ ~ between single slashes", base)
	}
	server := &Server{
		Configuration: configuration,
		app:           useCases,
		paths:         paths.Paths{Base: base},
	}
	server.Now = func() time.Time { return configuration.Now().UTC() } // whatever the machine's time zone
	mark, err := server.mark()
	if err != nil {
		return nil, err
	}
	server.sessions = newSessionStore(useCases, mark, configuration.Secret, configuration.BaseURL)
	server.mentors = newMentorStore(useCases, mark, configuration.Secret, configuration.BaseURL)
	server.room = newRoom()
	server.origins = http.NewCrossOriginProtection()
	if err := server.origins.AddTrustedOrigin(configuration.BaseURL.Scheme + "://" + configuration.BaseURL.Host); err != nil {
		return nil, fmt.Errorf("the base URL: %w", err)
	}
	return server.observe(server.secure(server.unread(server.routes()))), nil
}

// markTime bounds reading the installation's mark at the start.
const markTime = 10 * time.Second

// mark returns what tells this installation's cookies from those of others on the same host. All demonstrations share
// one mark: each one ends what an earlier one left.
func (s *Server) mark() (string, error) {
	if s.DemonstrationManager != "" {
		return "demonstration", nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), markTime)
	defer cancel()
	return s.app.Mark(ctx)
}

// routes registers every route of the app, on one screen.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(s.below("GET "+paths.AssetsPattern), http.StripPrefix(s.paths.Base, assets.Handler()))
	for pattern, probe := range s.probes() {
		mux.Handle(s.below(pattern), probe)
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		mux.HandleFunc(s.below(method+" "+paths.MarksPattern), s.oldTargets)
	}
	for pattern, handle := range s.pages() {
		if _, always := repeatable[pattern]; strings.HasPrefix(pattern, "POST ") && !always {
			handle = s.once(handle)
		}
		mux.Handle(s.below(pattern), s.route(pattern, handle))
	}
	return s.notFound(mux)
}

// route puts before a handler what its route needs: a form is read, and a page behind a secret opens only to a real
// visit.
func (s *Server) route(pattern string, handle handler) http.Handler {
	switch method, path, _ := strings.Cut(pattern, " "); {
	case method == http.MethodPost:
		return s.taking(pattern, s.handle(handle))
	case path == paths.OpenSharePattern, path == paths.JoinPattern:
		return visited(s.answering(s.handle(handle)))
	}
	return s.answering(s.handle(handle))
}

// below puts a route under the base path.
func (s *Server) below(pattern string) string {
	method, path, _ := strings.Cut(pattern, " ")
	return method + " " + s.paths.Base + path
}

// pages are the routes that people use, by pattern. The route-by-role test walks through them.
func (s *Server) pages() map[string]handler {
	pages := map[string]handler{
		"GET " + paths.HomePattern:         s.landing,
		"GET " + paths.MethodPattern:       s.method,
		"POST " + paths.ReliabilityPattern: manager(s.allowReliability),
		"GET " + paths.AboutPattern:        s.about,
		"GET " + paths.GuidesPattern:       s.guides,
		"GET " + paths.GuidePattern:        s.guide,
		"GET " + paths.StartPattern:        s.startForm,
		"POST " + paths.StartPattern:       s.start,
		"GET " + paths.AssessmentsPattern:  s.assessments,
		"GET " + paths.AssessmentPattern:   manager(s.assessment),
		"GET " + paths.BeginPattern:        manager(s.begin),
		"GET " + paths.ExamplePattern:      manager(s.example),
		"GET " + paths.QuestionsPattern:    manager(s.questions),
		"POST " + paths.QuestionsPattern:   manager(s.saveQuestions),
		"GET " + paths.AnswersPattern:      manager(s.answers),
		"POST " + paths.AnswersPattern:     manager(s.saveAnswer),
		"GET " + paths.ReviewPattern:       manager(s.review),
		"POST " + paths.FinishPattern:      manager(s.finish),
		"GET " + paths.DeletePattern:       manager(s.deleteForm),
		"POST " + paths.DeletePattern:      manager(s.delete),
		"GET " + paths.ResultPattern:       manager(s.result),
		"GET " + paths.OnePagePattern:      manager(s.onePage),
		"GET " + paths.ResultJSONPattern:   manager(s.resultJSON),
		"GET " + paths.ResultCSVPattern:    manager(s.resultCSV),
		"GET " + paths.RenamePattern:       manager(s.renameForm),
		"POST " + paths.RenamePattern:      manager(s.rename),
		"GET " + paths.ReratingPattern:     manager(s.reratingForm),
		"POST " + paths.ReratingPattern:    manager(s.rerate),
		"GET " + paths.HistoryPattern:      s.history,
		"GET " + paths.HistoryJSONPattern:  manager(s.historyJSON),
		"GET " + paths.HistoryCSVPattern:   manager(s.historyCSV),
		"GET " + paths.ComparePattern:      manager(s.compare),
		"GET " + paths.TargetsPattern:      s.targets,
		"POST " + paths.TargetsPattern:     manager(s.saveTargets),
		"GET " + paths.SettingsPattern:     manager(s.settings),
		"GET " + paths.ZonesPattern:        s.zones,
		"POST " + paths.ZonesPattern:       s.setZone,
		"GET " + paths.KeyPattern:          s.own(s.recoveryKey),
		"POST " + paths.KeyPattern:         s.own(s.makeRecoveryKey),
		"GET " + paths.DevicesPattern:      s.own(s.devices),
		"POST " + paths.EndDevicePattern:   s.own(s.endDevice),
		"POST " + paths.EndOthersPattern:   s.own(s.endOtherDevices),
		"GET " + paths.ErasePattern:        manager(s.eraseForm),
		"POST " + paths.ErasePattern:       manager(s.erase),
		"GET " + paths.RecoverPattern:      s.recoverForm,
		"POST " + paths.RecoverPattern:     s.recover,
	}
	maps.Copy(pages, s.planPages())
	maps.Copy(pages, s.teamPages())
	maps.Copy(pages, s.sharePages())
	if s.DemonstrationManager != "" {
		pages["POST "+paths.DemonstrationPattern] = s.demonstration
	}
	return pages
}
