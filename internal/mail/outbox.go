package mail

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// What is on its way at once, and what may wait for that, is bounded: a server that is slow must not fill the memory.
const (
	atOnce  = 4
	waiting = 200
)

// Outbox hands mails over in the background, so that nobody waits for a server, and nobody can tell by the time whether
// a mail goes out. What it can't hand over is logged, without the address.
type Outbox struct {
	sender *Sender
	log    *slog.Logger
	places chan struct{}
	turns  chan struct{}
	going  sync.WaitGroup
}

// NewOutbox returns an outbox.
func NewOutbox(sender *Sender, log *slog.Logger) *Outbox {
	return &Outbox{sender: sender, log: log, places: make(chan struct{}, atOnce+waiting), turns: make(chan struct{}, atOnce)}
}

// Post takes a mail to hand over, and returns at once. Too many mails on their way are a *Failure.
func (o *Outbox) Post(message Message) error {
	select {
	case o.places <- struct{}{}:
	default:
		return &Failure{Problem: Full}
	}
	o.going.Go(func() {
		defer func() { <-o.places }()
		o.turns <- struct{}{}
		defer func() { <-o.turns }()
		// Whoever asked may have gone: the time of handing over is bounded by itself.
		if err := o.sender.Send(context.Background(), message); err != nil {
			o.log.Warn("a mail was not handed over", "subject", message.Subject, "error", err)
		}
	})
	return nil
}

// Close waits until what was posted is handed over, but no longer than that.
func (o *Outbox) Close(longest time.Duration) {
	done := make(chan struct{})
	go func() { o.going.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(longest):
	}
}
