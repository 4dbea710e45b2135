package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"whetstone/internal/model"
)

// demonstration opens the made-up manager of a demonstration instance, or what that manager shares with a mentor. A
// visitor with answers of their own keeps them.
func (s *Server) demonstration(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	if fields.Get("who") == "mentor" {
		return s.demonstrateMentor(w, r)
	}
	if who.known() {
		return redirect(w, r, s.paths.Home())
	}
	if err := s.signIn(w, r, s.DemonstrationManager); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Home())
}

// visitorLink holds the secret of the share that visitors open. The share is made on the first visit, and made again
// if a visitor has ended it or the most browsers have opened it.
type visitorLink struct {
	mutex  sync.Mutex
	secret string
}

func (s *Server) demonstrateMentor(w http.ResponseWriter, r *http.Request) error {
	mentor, err := s.mentor(w, r, visitor{})
	if err != nil {
		return err
	}
	s.visitors.mutex.Lock()
	defer s.visitors.mutex.Unlock()
	if s.visitors.secret == "" {
		if s.visitors.secret, err = s.visitorSecret(r.Context()); err != nil {
			return err
		}
	}
	// A visitor who also acts for the made-up manager may look at both sides.
	input := model.OpenInput{Secret: s.visitors.secret, Mentor: mentor, From: "demonstration"}
	err = s.enter(w, r, input)
	if errors.Is(err, model.ErrNotFound) || errors.Is(err, model.ErrShareFull) {
		if s.visitors.secret, err = s.visitorSecret(r.Context()); err != nil {
			return err
		}
		input.Secret = s.visitors.secret
		err = s.enter(w, r, input)
	}
	return err
}

// visitorSecret makes the share that visitors open: of the latest result, showing everything that a share can show.
func (s *Server) visitorSecret(ctx context.Context) (string, error) {
	summaries, err := s.app.Results(ctx, s.DemonstrationManager)
	if err != nil {
		return "", err
	}
	if len(summaries.Finished) == 0 {
		return "", model.ErrNotFound
	}
	id := summaries.Finished[0].Assessment.ID
	offered, err := s.app.ShareForm(ctx, s.DemonstrationManager, id, "")
	if err != nil {
		return "", err
	}
	input := model.ShareInput{
		Form: s.Random(), Label: "Visitors of the demonstration", Sharer: "Example manager",
		Question: "Made up: where do I hold on to something that the team could do without me?",
		Result:   true, Rating: true, Notes: true, History: true, Days: strconv.Itoa(model.LongestShare),
		Log: offered.Entries > 0, Map: offered.Map.ID != "",
	}
	for _, commitment := range offered.Commitments {
		input.Commitments = append(input.Commitments, commitment.ID)
	}
	for _, competency := range offered.Competencies {
		if slices.Contains([]string{"debt", "coaching", "tradeoffs", "vision"}, competency.ID) {
			input.Competencies = append(input.Competencies, competency.ID)
		}
	}
	made, err := s.app.MakeShare(ctx, s.DemonstrationManager, id, input)
	if err != nil {
		return "", err
	}
	return made.Secret, nil
}
