package app

import (
	"context"
	"slices"

	"whetstone/internal/model"
	"whetstone/internal/report"
)

// Home returns what the first page of a browser shows that acts for a manager, for a mentor or for both; managerID is
// "" and mentor the zero value for neither. It takes so many statements at most, however much there is of the two.
func (a *App) Home(ctx context.Context, managerID string, mentor model.Mentor, zone model.Zone) (*model.Home, error) {
	home := &model.Home{Today: zone.Day(a.now())}
	if managerID != "" {
		if err := a.addWaiting(ctx, home, managerID); err != nil {
			return nil, err
		}
		if err := a.addStanding(ctx, home, managerID); err != nil {
			return nil, err
		}
		var err error
		if home.Laid, err = a.Joining(ctx, managerID); err != nil {
			return nil, err
		}
	}
	if mentor.ID != "" {
		if err := a.addReceived(ctx, home, mentor); err != nil {
			return nil, err
		}
	}
	return home, nil
}

// Waiting counts what waits, as Home lists it; see there.
func (a *App) Waiting(ctx context.Context, managerID string, mentor model.Mentor, zone model.Zone) (int, error) {
	return a.store.Waiting(ctx, managerID, mentor, zone.Day(a.now()), a.now())
}

// addWaiting adds what waits for a manager.
func (a *App) addWaiting(ctx context.Context, home *model.Home, managerID string) (err error) {
	if home.WorkingOn, err = a.openCommitments(ctx, a.store, managerID); err != nil {
		return err
	}
	if home.Drafts, err = a.drafts(ctx, managerID); err != nil {
		return err
	}
	if err = a.addMaps(ctx, home, managerID); err != nil {
		return err
	}
	if home.Mentors, err = a.MentorNews(ctx, managerID); err != nil {
		return err
	}
	if home.Cycles, err = a.store.OpenCycles(ctx, managerID, a.now()); err != nil {
		return err
	}
	if home.ToConfirm, err = a.store.WaitingMembers(ctx, managerID); err != nil {
		return err
	}
	home.ToCompare, err = a.store.PeersToAnswer(ctx, managerID)
	return err
}

// addMaps adds the depth map that a manager is making and the latest that is finished, or else that they are offered one.
func (a *App) addMaps(ctx context.Context, home *model.Home, managerID string) error {
	maps, err := a.store.LatestDepthMaps(ctx, managerID)
	if err != nil {
		return err
	}
	for i := range maps {
		if !maps[i].Finished() && home.MapDraft == nil {
			home.MapDraft = &maps[i]
		} else if maps[i].Finished() && home.LatestMap == nil {
			home.LatestMap = a.reports.ReadMap(maps[i])
		}
	}
	home.OffersMap, err = a.store.OffersMap(ctx, managerID)
	return err
}

// addStanding adds where a manager stands by their latest assessment, and when the next one is due.
func (a *App) addStanding(ctx context.Context, home *model.Home, managerID string) error {
	finished, err := a.store.LatestOf(ctx, managerID)
	if err != nil {
		return err
	}
	cadence, err := a.store.Cadence(ctx, managerID)
	if err != nil {
		return err
	}
	home.Next = report.Next(cadence, finished, home.Today)
	home.Next.Proposed = a.Installation(ctx).Proposed()
	if len(finished) == 0 {
		return nil
	}
	home.Latest, err = a.latest(ctx, finished[0])
	return err
}

// latest is what a manager's latest finished assessment means, with what changed since the one before; nil if it has
// been deleted meanwhile.
func (a *App) latest(ctx context.Context, listed *model.Assessment) (*model.Result, error) {
	answered, err := a.finished(ctx, listed.ManagerID, listed.ID)
	if model.KindOf(err) == model.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	result := a.reports.Result(answered.Assessment, answered.Answers)
	_, err = a.compareWithPrevious(ctx, result)
	return result, err
}

// addReceived adds what was shared with a mentor, and what waits for them.
func (a *App) addReceived(ctx context.Context, home *model.Home, mentor model.Mentor) error {
	received, err := a.Received(ctx, mentor)
	if err != nil {
		return err
	}
	home.Received = slices.DeleteFunc(received, func(one model.Received) bool { return one.State != model.ShareLive })
	home.Opened = len(received) > 0
	if home.ToAnswer, err = a.store.LevelsToAnswer(ctx, mentor, a.now()); err != nil {
		return err
	}
	a.nameLevels(home.ToAnswer)
	return nil
}

// MentorNews returns what is new to a manager of what their mentors say.
func (a *App) MentorNews(ctx context.Context, managerID string) (news model.MentorNews, err error) {
	if news.Reviews, err = a.store.ReviewNotices(ctx, managerID, a.now()); err != nil {
		return news, err
	}
	news.Levels, err = a.store.LevelNotices(ctx, managerID, a.now())
	a.nameLevels(news.Levels)
	return news, err
}

func (a *App) nameLevels(notices []model.LevelNotice) {
	for _, notice := range notices {
		for i, competency := range notice.Competencies {
			notice.Competencies[i] = a.reports.Named(competency.ID)
		}
	}
}
