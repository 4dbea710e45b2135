package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"whetstone/internal/paths"
	"whetstone/internal/store"
	"whetstone/internal/web"
)

// measuring is where the metrics of a running server are served.
type measuring struct {
	MetricsListen string `env:"WHETSTONE_METRICS_LISTEN" placeholder:"HOST:PORT" help:"Address of a second listener with metrics for Prometheus, at /metrics (${env}; off by default). They hold nothing of a person, but keep the listener inside."`
}

// metrics are the metrics of a running server. Their labels are route patterns and statuses: nothing about an address,
// a person or an answer.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	saves     prometheus.Histogram
	batches   prometheus.Histogram
}

// sessionsTimeout bounds how long a scrape waits for the number of sessions.
const sessionsTimeout = 2 * time.Second

// batchBuckets count units of work, up to as many as can share a commit.
var batchBuckets = []float64{1, 2, 4, 8, 16, 32, 64}

// latencyBuckets are in seconds, from a page served from memory to longer than anybody waits.
var latencyBuckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

func newMetrics(opened *store.Store) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "whetstone_requests_total", Help: "Requests that were answered, by route pattern and status.",
		}, []string{"route", "status"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "whetstone_request_seconds", Help: "Time to answer a request, by route pattern.", Buckets: latencyBuckets,
		}, []string{"route"}),
		saves: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "whetstone_save_seconds", Help: "Time until answers were kept durably and the page told so.", Buckets: latencyBuckets,
		}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "whetstone_commit_batch_size", Help: "Changes that shared a commit of the SQLite database.", Buckets: batchBuckets,
		}),
	}
	opened.WhenCommitted(func(units int) { m.batches.Observe(float64(units)) })
	version, revision := builtFrom()
	built := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "whetstone_build_info", Help: "What is running; always 1.",
		ConstLabels: prometheus.Labels{"version": version, "revision": revision},
	})
	built.Set(1)
	sessions := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "whetstone_sessions", Help: "Sessions that are kept, of browsers that came within 400 days.",
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), sessionsTimeout)
		defer cancel()
		count, err := opened.CountSessions(ctx)
		if err != nil {
			return math.NaN()
		}
		return float64(count)
	})
	m.registry.MustRegister(m.requests, m.durations, m.saves, m.batches, built, sessions,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for name, pool := range opened.Pools() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	return m
}

// served counts one request.
func (m *metrics) served(one web.Served) {
	m.requests.WithLabelValues(one.Route, strconv.Itoa(one.Status)).Inc()
	m.durations.WithLabelValues(one.Route).Observe(one.Duration.Seconds())
	if savesAnswers(one.Route) && one.Status < http.StatusBadRequest {
		m.saves.Observe(one.Duration.Seconds())
	}
}

// savesAnswers reports whether a route stores answers.
func savesAnswers(route string) bool {
	return strings.HasPrefix(route, "POST ") &&
		(strings.HasSuffix(route, paths.AnswersPattern) || strings.HasSuffix(route, paths.QuestionsPattern))
}

// measure serves metrics at their own listener, if one is configured, until stop is called.
func (c measuring) measure(opened *store.Store, configuration *web.Configuration) (stop func() error, err error) {
	if c.MetricsListen == "" {
		return func() error { return nil }, nil
	}
	if _, _, err := net.SplitHostPort(c.MetricsListen); err != nil {
		return nil, usageError{fmt.Errorf("the metrics' address (--metrics-listen) %q is not HOST:PORT", c.MetricsListen)}
	}
	listener, err := net.Listen("tcp", c.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("can't listen on %s (--metrics-listen): %w", c.MetricsListen, reason(err))
	}
	figures := newMetrics(opened)
	configuration.Served = figures.served
	configuration.Log.Info("metrics are offered", "address", "http://"+listener.Addr().String()+"/metrics")
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(figures.registry, promhttp.HandlerOpts{}))
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: headerLimit,
		ErrorLog: log.New(withoutAddresses{configuration.Log}, "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return func() error {
		// An interrupted scrape does no harm.
		if err := errors.Join(server.Close(), <-ended); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}, nil
}
