// Package clustertest runs the program as an operator does who has outgrown one machine: several processes on one
// PostgreSQL database, behind nginx, which gives each request to the next process. It is for the tests of this package
// and others.
package clustertest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ServedBy is the header in which the proxy names the process that answered.
const ServedBy = "X-Served-By"

// patience is how long something may take to end on a busy machine.
const patience = 30 * time.Second

// Cluster is several processes behind a proxy.
type Cluster struct {
	// Base is the address of the proxy, without a slash at its end.
	Base      string
	Processes []*Process
}

// Start starts so many processes of a program on a database, all at once, and the proxy before them, until
// the test ends. Without nginx the test is skipped.
func Start(t *testing.T, binary, database string, count int) *Cluster {
	t.Helper()
	nginx := findNginx(t)
	// The proxy's port is taken before anything starts: the processes have to know the address of all.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	c := &Cluster{Base: "http://" + listener.Addr().String()}
	// Several machines share the secret, but each has its own erasure list.
	secret := filepath.Join(t.TempDir(), "secret")
	var ready []func()
	for range count {
		process := newProcess(t, binary, "--database", database, "--base-url", c.Base, "--secret-file", secret,
			"--trusted-proxy", "127.0.0.1/32", "--erasure-list", filepath.Join(t.TempDir(), "erasures"))
		c.Processes = append(c.Processes, process)
		ready = append(ready, process.Begin())
	}
	for _, wait := range ready {
		wait()
	}
	startNginx(t, nginx, listener.(*net.TCPListener), c.Processes)
	return c
}

// findNginx returns the path of nginx, which Debian keeps where only an administrator looks.
func findNginx(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no nginx (Debian: apt install nginx-light)")
	return ""
}

// nginxConfiguration gives each request to the next process, whoever sends it; one that can't be reached is
// left alone for a second.
const nginxConfiguration = `daemon off;
%[4]sworker_processes 1;
pid %[1]s/pid;
error_log %[1]s/error.log warn;
events { worker_connections 512; }
http {
    access_log off;
    client_body_temp_path %[1]s/body;
    proxy_temp_path %[1]s/proxy;
    fastcgi_temp_path %[1]s/fastcgi;
    uwsgi_temp_path %[1]s/uwsgi;
    scgi_temp_path %[1]s/scgi;
    upstream whetstone {
%[3]s    }
    server {
        listen %[2]s;
        location / {
            proxy_pass http://whetstone;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_read_timeout 35s;
            add_header ` + ServedBy + ` $upstream_addr always;
        }
    }
}
`

// startNginx has nginx serve what a listener takes, until the test ends: nginx takes over sockets that the
// variable NGINX names by their numbers, and so nobody can come in between.
func startNginx(t *testing.T, nginx string, listener *net.TCPListener, processes []*Process) {
	t.Helper()
	folder := t.TempDir()
	var servers strings.Builder
	for _, process := range processes {
		fmt.Fprintf(&servers, "        server %s max_fails=1 fail_timeout=1s;\n", strings.TrimPrefix(process.Address, "http://"))
	}
	account := ""
	if os.Geteuid() == 0 { // nginx would take another account for its work, which can't reach the folder
		account = "user root;\n"
	}
	configuration := filepath.Join(folder, "nginx.conf")
	content := fmt.Sprintf(nginxConfiguration, folder, listener.Addr(), servers.String(), account)
	if err := os.WriteFile(configuration, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	socket, err := listener.File()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = socket.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	command := exec.CommandContext(ctx, nginx, "-p", folder, "-c", configuration, "-e", filepath.Join(folder, "error.log"))
	command.ExtraFiles = []*os.File{socket} // number 3 there
	command.Env = append(os.Environ(), "NGINX=3;")
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) } // this ends its worker too
	command.WaitDelay = patience
	complaints := &strings.Builder{}
	command.Stdout, command.Stderr = complaints, complaints
	if err := command.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = command.Wait()
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(folder, "error.log"))
			t.Logf("nginx said:\n%s%s", complaints, log)
		}
	})
}
