package demonstration

import (
	"context"
	"strconv"
	"time"

	"whetstone/internal/app"
	"whetstone/internal/model"
)

// madeUp is one made-up rating: before the manager's score was shown, or after it.
type madeUp struct {
	competency string
	level      int
	comment    string
	looked     bool
}

// What two made-up mentors say: one at two quarters, so that a gap can be seen to narrow, the other once. By
// the latest word they see the manager's coaching lower than the manager does, their dealing with debt
// higher, and agree on trade-offs.
var (
	before = []madeUp{
		{competency: "coaching", level: 3}, {competency: "debt", level: 4}, {competency: "ownership", level: 1}, {competency: "vision", level: 3},
	}
	mentorA = []madeUp{
		{competency: "coaching", level: 2, comment: "Made up: in the last two reviews you gave the answer before anybody could try."},
		{competency: "debt", level: 5, comment: "Made up: the shared build is in better shape than a year ago, and people know why."},
		{competency: "ownership", level: 4},
		{competency: "vision", level: 0},
		{competency: "tradeoffs", level: 4},
	}
	mentorB = []madeUp{
		{competency: "coaching", level: 2},
		{competency: "debt", level: 4, comment: "Made up: you say no to the third rewrite. I don't see many who do."},
		{competency: "tradeoffs", level: 3},
		{competency: "vision", level: 3, comment: "Made up: I looked at your own score first.", looked: true},
	}
)

// conversation makes up what mentors say, through the same use cases as real ones.
type conversation struct {
	useCases *app.App
	manager  string
	moving   *clock
	// first is the mentor who rates twice.
	first model.Mentor
	// asked are the latest shares by what the mentor is called, who is asked again by them.
	asked map[string]string
}

// about makes up what is said of an assessment, by how many quarters ago it was finished.
func (c *conversation) about(ctx context.Context, assessment string, quartersAgo int) error {
	switch quartersAgo {
	case 1:
		if _, err := c.review(ctx, &c.first, assessment, "Example mentor A", "14", before, model.WordsInput{}); err != nil {
			return err
		}
		return c.read(ctx, assessment)
	case 0:
		return c.latest(ctx, assessment)
	}
	return nil
}

func (c *conversation) latest(ctx context.Context, assessment string) error {
	shareA, err := c.review(ctx, &c.first, assessment, "Example mentor A", "90", mentorA, model.WordsInput{
		Overall:  "Made up: you take on more than you think, and hand on less than you think.",
		Question: "Made up: what would you stop doing if nobody noticed?",
		Answer:   "Made up: in coaching. You see the answers that you hold back, not those that you give.",
	})
	if err != nil {
		return err
	}
	var second model.Mentor
	shareB, err := c.review(ctx, &second, assessment, "Example mentor B", "30", mentorB, model.WordsInput{
		Overall: "Made up: the clearest half year since I know you.",
	})
	if err != nil {
		return err
	}
	if err := c.moves(ctx, shareA); err != nil {
		return err
	}
	if err := c.agree(ctx, assessment, shareA); err != nil {
		return err
	}
	if err := c.useCases.MentorProposeLevel(ctx, second, shareB, "debt", model.AgreementInput{
		Level: "3", Sentence: "Made up: the shared build counts for more than what is left of it.",
	}); err != nil {
		return err
	}
	unused, err := c.share(ctx, assessment, "Example mentor C", "14")
	if err != nil {
		return err
	}
	return c.useCases.RevokeShare(ctx, c.manager, unused.Share.ID)
}

// step lets a moment pass, so that what is made up has an order.
func (c *conversation) step() { c.moving.at = c.moving.at.Add(time.Millisecond) }

func (c *conversation) share(ctx context.Context, assessment, label, days string) (*model.MadeShare, error) {
	c.step()
	return c.useCases.MakeShare(ctx, c.manager, assessment, model.ShareInput{
		Label: label, Sharer: "Example manager", Question: "Made up: where do I see myself wrongly?",
		Again: c.asked[label], Competencies: []string{"coaching", "debt", "tradeoffs"}, Result: true, History: true, Rating: true, Days: days,
		Map: label == "Example mentor A",
	})
}

// review makes a share, opens it as a mentor, rates, looks and sends, and returns the share's id.
func (c *conversation) review(ctx context.Context, mentor *model.Mentor, assessment, name, days string, ratings []madeUp, words model.WordsInput) (string, error) {
	made, err := c.share(ctx, assessment, name, days)
	if err != nil {
		return "", err
	}
	c.asked[name] = made.Share.ID
	opened, err := c.useCases.OpenShare(ctx, model.OpenInput{Secret: made.Secret, Mentor: *mentor, From: name})
	if err != nil {
		return "", err
	}
	if opened.Token != "" { // one who is asked again has the share on their list already
		if *mentor, _, err = c.useCases.Mentor(ctx, opened.Token); err != nil {
			return "", err
		}
	}
	for _, one := range ratings {
		if err := c.rate(ctx, *mentor, opened.ShareID, one); err != nil {
			return "", err
		}
	}
	if err := c.useCases.Reveal(ctx, *mentor, opened.ShareID, model.RevealRated); err != nil {
		return "", err
	}
	c.step()
	words.Name = name
	_, _, err = c.useCases.SendReview(ctx, *mentor, opened.ShareID, words)
	return opened.ShareID, err
}

func (c *conversation) rate(ctx context.Context, mentor model.Mentor, share string, one madeUp) error {
	c.step()
	if one.looked {
		if err := c.useCases.Reveal(ctx, mentor, share, one.competency); err != nil {
			return err
		}
	}
	_, err := c.useCases.SaveRating(ctx, mentor, share, one.competency, model.RatingInput{
		Level: strconv.Itoa(one.level), Comment: one.comment,
	})
	return err
}

// moves lets the first mentor look at the depth map that is shared with them, and say what they would move on it.
func (c *conversation) moves(ctx context.Context, share string) error {
	c.step()
	if err := c.useCases.Reveal(ctx, c.first, share, model.RevealMap); err != nil {
		return err
	}
	return c.useCases.SaveMove(ctx, c.first, share, model.MoveInput{
		Domain: "frontend", Depth: "working", Words: "Made up: in September you found the slow list yourself, and the fix held.",
	})
}

// read lets the manager read the first review of an assessment.
func (c *conversation) read(ctx context.Context, assessment string) error {
	said, err := c.useCases.Conversation(ctx, c.manager, assessment)
	if err != nil {
		return err
	}
	c.step()
	return c.useCases.ReadReview(ctx, c.manager, assessment, said.Reviews[0].ID, "")
}

// agree lets the manager read the first review, and agree on a level with its mentor.
func (c *conversation) agree(ctx context.Context, assessment, share string) error {
	said, err := c.useCases.Conversation(ctx, c.manager, assessment)
	if err != nil {
		return err
	}
	c.step()
	review := said.Reviews[0]
	if err := c.useCases.ProposeLevel(ctx, c.manager, assessment, review.ID, "coaching", model.AgreementInput{
		Level: "3.5", Sentence: "Made up: the questions are good; the waiting is still to be learnt.",
	}); err != nil {
		return err
	}
	if err := c.useCases.MentorConfirmLevel(ctx, c.first, share, "coaching", "1"); err != nil {
		return err
	}
	c.step()
	answer := "Made up: the Thursday report. Nobody has asked for it since spring."
	if err := c.useCases.Reply(ctx, c.manager, assessment, review.ID, answer, app.SeenReply(review)); err != nil {
		return err
	}
	return c.useCases.ReadReview(ctx, c.manager, assessment, review.ID, "")
}
