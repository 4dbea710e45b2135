package demonstration

import (
	"context"

	"whetstone/internal/model"
)

// proposer is the place of the made-up member who proposes what the team does.
const proposer = 3

// propose lets a member propose something, if there is anything.
func (c *company) propose(ctx context.Context, team *team, id string, proposal model.ProposalInput) error {
	if proposal.Words == "" {
		return nil
	}
	return c.useCases.Propose(ctx, team.people[proposer].manager, id, proposal)
}

// agree lets a team agree on something a week after a cycle has closed, if it does.
func (c *company) agree(ctx context.Context, team *team, id string, number int) error {
	if team.agrees[number].Words == "" {
		return nil
	}
	c.clock.at = c.clock.at.AddDate(0, 0, 7)
	if err := c.propose(ctx, team, id, team.agrees[number]); err != nil {
		return err
	}
	shown, err := c.useCases.TeamPractices(ctx, team.people[0].manager, id, "")
	if err != nil {
		return err
	}
	return c.useCases.Agree(ctx, team.people[0].manager, id, shown.Proposals[0].ID, "")
}

// outcome is what the steward says became of the team's practice when a cycle opens.
func (c *company) outcome(ctx context.Context, team *team, id string, number int) (model.OutcomeInput, error) {
	shown, err := c.useCases.TeamPractices(ctx, team.people[0].manager, id, "")
	if err != nil || shown.Current == nil {
		return model.OutcomeInput{}, err
	}
	said := team.becomes[number]
	said.Practice = shown.Current.ID
	return said, nil
}
