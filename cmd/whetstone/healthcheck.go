package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"whetstone/internal/paths"
)

// answerTimeout is the longest that a healthy server takes to answer that it is ready.
const answerTimeout = 5 * time.Second

type healthcheckCommand struct{ listening }

// Run asks the server at the listening address whether it is ready.
func (c healthcheckCommand) Run(ctx context.Context, to output) error {
	address, err := c.address()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return err
	}
	// The server of this machine is asked, whatever proxy the environment names.
	client := http.Client{Transport: &http.Transport{}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("no answer from %s (--listen): %w", address, answerless(err))
	}
	defer func() { _ = response.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(response.Body, 100))
	if err != nil {
		return fmt.Errorf("no answer from %s (--listen): %w", address, answerless(err))
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers with status %d; the server's log says why", address, response.StatusCode)
	}
	if string(said) != "ready\n" {
		return fmt.Errorf("what answers at %s (--listen, --base-url) is no Whetstone", address)
	}
	_, err = fmt.Fprint(to.out, "The server is ready.\n")
	return err
}

// address is where this machine reaches the server: it listens on the listening address, below the path of
// the base URL.
func (c healthcheckCommand) address() (string, error) {
	base, err := c.base()
	if err != nil {
		return "", err
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return "", usageError{fmt.Errorf("the listening address (--listen) %q is not HOST:PORT", c.Listen)}
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() { // it listens on every address
		host = "localhost"
	}
	below := paths.Paths{}
	if base != nil {
		below.Base = strings.TrimSuffix(base.Path, "/")
	}
	return (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port), Path: below.Ready()}).String(), nil
}

// answerless says why there was no answer, without the address, which the message already has.
func answerless(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("none within %v", answerTimeout)
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return reason(err)
}
