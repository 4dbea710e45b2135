package assets

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// update makes TestCompressedCopies write what it otherwise checks. A test that can repair needs no
// second program that knows what to compress, and keeps brotli's encoder out of the server.
var update = flag.Bool("update", false, "write the compressed copies and remove the outdated ones")

// TestCompressedCopies fails unless the folder "compressed" holds one right copy of each text file in
// each content coding, and nothing else.
func TestCompressedCopies(t *testing.T) {
	wanted := map[string]bool{filepath.Join("compressed", "README.md"): true}
	for target, served := range embeddedCatalogue().assets {
		if strings.HasPrefix(served.contentType, "font/") { // compressed already
			continue
		}
		plain := served.content[""]
		source, err := io.ReadAll(io.NewSectionReader(plain, 0, plain.Size()))
		if err != nil {
			t.Fatal(err)
		}
		for _, coding := range preferred {
			name := filepath.Join("compressed", path.Base(target)+extensions[coding])
			wanted[name] = true
			if *update {
				if err := os.WriteFile(name, compress(t, coding, source), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			copied, err := os.ReadFile(name)
			if err != nil || !bytes.Equal(decode(t, coding, copied), source) {
				t.Errorf("%s is missing or wrong: run go generate ./assets", name)
			}
		}
	}
	present, err := filepath.Glob(filepath.Join("compressed", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range present {
		switch {
		case wanted[name]:
		case *update:
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s belongs to no asset any more: run go generate ./assets", name)
		}
	}
}

// compress encodes at the highest level: it is done once, and sent often.
func compress(t *testing.T, coding string, content []byte) []byte {
	t.Helper()
	var buffer bytes.Buffer
	var writer io.WriteCloser = brotli.NewWriterLevel(&buffer, brotli.BestCompression)
	if coding == "gzip" {
		var err error
		if writer, err = gzip.NewWriterLevel(&buffer, gzip.BestCompression); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := writer.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}
