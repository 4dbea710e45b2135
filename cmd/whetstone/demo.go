package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"whetstone/data"
	"whetstone/internal/app"
	"whetstone/internal/demonstration"
	"whetstone/internal/questionnaire"
	"whetstone/internal/store"
	"whetstone/internal/web"
)

type demoCommand struct {
	listening
	logging
}

// Run serves made-up data until the context ends. The database lies in a temporary folder, so a
// demonstration can never touch real answers.
func (c demoCommand) Run(ctx context.Context, to output) (err error) {
	library, err := questionnaire.Load(data.Files)
	if err != nil {
		return err
	}
	listener, base, err := c.listen()
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	folder, err := os.MkdirTemp("", "whetstone-demonstration-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	opened, err := store.Open(ctx, "sqlite:"+filepath.Join(folder, "demonstration.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	if _, err := fmt.Fprintln(to.out, "Making up eight assessments …"); err != nil {
		return err
	}
	manager, err := demonstration.Fill(ctx, opened, library, time.Now())
	if ctx.Err() != nil { // stopped before there was anything to serve
		return nil
	}
	if err != nil {
		return err
	}
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails
	useCases := app.New(opened, library, time.Now, rand.Text, app.Secret)
	closing, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { repeat(closing, closingInterval, useCases.CloseDueCycles, c.log(to)) })
	err = serve(ctx, to, listener, useCases, web.Configuration{BaseURL: base, Secret: secret, DemonstrationManager: manager, Log: c.log(to)})
	stop()
	running.Wait()
	return err
}
