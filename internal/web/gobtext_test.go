package web

import (
	"strings"
	"testing"

	"github.com/gorilla/securecookie"
)

// Cookies are read as the library's own encoder reads them, which earlier versions used.
func TestCookiesAreReadAsTheyWereWritten(t *testing.T) {
	for _, length := range []int{0, 1, 26, 122, 123, 124, 127, 128, 300} {
		written := strings.Repeat("k", length)
		encoded, err := securecookie.GobEncoder{}.Serialize(written)
		if err != nil {
			t.Fatal(err)
		}
		var read string
		if err := (gobText{}).Deserialize(encoded, &read); err != nil || read != written {
			t.Errorf("%d characters are read as %d, %v", length, len(read), err)
		}
		for end := range encoded {
			var cut, plain string
			problem, usual := gobText{}.Deserialize(encoded[:end], &cut), securecookie.GobEncoder{}.Deserialize(encoded[:end], &plain)
			if (problem == nil) != (usual == nil) || cut != plain {
				t.Errorf("%d bytes of %d are read as %q, %v, and by the library as %q, %v", end, len(encoded), cut, problem, plain, usual)
			}
		}
	}
	var number int
	encoded, err := securecookie.GobEncoder{}.Serialize(7)
	if err == nil {
		err = gobText{}.Deserialize(encoded, &number)
	}
	if err != nil || number != 7 {
		t.Errorf("a number is read as %d, %v", number, err)
	}
}
