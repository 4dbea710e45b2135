package assets

import (
	"net/http"
	"testing"
)

func TestNegotiateEncoding(t *testing.T) {
	for _, test := range []struct {
		accept []string
		want   string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"gzip, deflate, br, zstd"}, "br"},
		{[]string{"gzip, deflate"}, "gzip"},
		{[]string{"deflate"}, ""},
		{[]string{"gzip", "br"}, "br"},
		{[]string{"GZIP;Q=1"}, "gzip"},
		{[]string{"br;q=0, gzip"}, "gzip"},
		{[]string{"br;q=0.000, gzip;q=0"}, ""},
		{[]string{"br;q=0.5, gzip;q=0.8"}, "gzip"},
		{[]string{"br ; q=0.8 , gzip;q=0.8"}, "br"},
		{[]string{"gzip;q=0.1"}, "gzip"},
		{[]string{"identity, gzip;q=0.5"}, ""},
		{[]string{"identity;q=0.5, gzip;q=0.5"}, "gzip"},
		{[]string{"*"}, "br"},
		{[]string{"br;q=0, *"}, "gzip"},
		{[]string{"*;q=0, gzip"}, "gzip"},
		{[]string{"*;q=0"}, ""},
		{[]string{"identity;q=0, *;q=0"}, ""},
		{[]string{"br;q=much, gzip"}, "gzip"},
		{[]string{"br;level=1, gzip"}, "gzip"},
		{[]string{"br;q=NaN, gzip;q=-1"}, ""},
	} {
		header := http.Header{"Accept-Encoding": test.accept}
		if got := NegotiateEncoding(header, "br", "gzip"); got != test.want {
			t.Errorf("%q: %q, want %q", test.accept, got, test.want)
		}
	}
	if got := NegotiateEncoding(http.Header{"Accept-Encoding": {"br, gzip"}}); got != "" {
		t.Errorf("with nothing on offer: %q", got)
	}
}
