// Package assets holds what a browser loads besides the pages: the style sheet, the scripts, the font
// and the chart library, embedded in the program.
//
// Every file is served at an address that carries a hash of its content, such as
// "assets/style.0123456789ab.css". A changed file has a new address, so browsers may keep what they
// have for good and a deployment never mixes old and new files.
//
// Text files are compressed before the build (run "go generate ./assets" after changing one): at the
// best level the chart library alone takes over a second, too long to spend at each start. The
// compressed copies carry the hash too. Where one is missing the file is served as it is; an outdated
// copy is never served.
package assets

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:generate go test -count=1 -run=TestCompressedCopies . -update

//go:embed *.css *.js *.svg compressed
//go:embed vendor/echarts/echarts.min.js vendor/source-serif-4/serif.woff2
var embedded embed.FS

// folder is where assets are served, below the app's base path.
const folder = "assets/"

// contentTypes is our own table, because the system's differs between machines.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// extensions of compressed copies by content coding.
var extensions = map[string]string{"br": ".br", "gzip": ".gz"}

// preferred content codings, the smallest first.
var preferred = []string{"br", "gzip"}

// catalogue is all that is served.
type catalogue struct {
	hashed map[string]string // from "style.css" to "style.0123456789ab.css"
	assets map[string]asset  // by the path of a request, "/assets/style.0123456789ab.css"
}

// asset is one file in one or more codings.
type asset struct {
	contentType string
	hash        string
	codings     []string // the compressed ones, best first
	content     map[string]*io.SectionReader
}

// embeddedCatalogue is read once, at first use: what is embedded can't change, nor can it fail in one
// run of the program and not in the next.
var embeddedCatalogue = sync.OnceValue(func() catalogue {
	loaded, err := load(embedded)
	if err != nil {
		panic(err)
	}
	return loaded
})

// Path returns where the asset of that name is served, relative to the app's base path: "style.css"
// gives "assets/style.0123456789ab.css". The name is the file's alone, without its folder.
// An unknown name is a programmer's mistake, so Path panics.
func Path(name string) string {
	hashed, ok := embeddedCatalogue().hashed[name]
	if !ok {
		panic(fmt.Sprintf("assets: there is no asset %q", name))
	}
	return folder + hashed
}

// Handler serves the assets. It expects paths without the app's base path, as Path returns them but
// with a leading slash, and the methods GET and HEAD. Any other address, folders included, is answered
// with 404. The first call reads the embedded files and panics if they contradict one another, so that
// this happens at start-up and not in a request.
func Handler() http.Handler {
	return embeddedCatalogue()
}

// ServeHTTP implements http.Handler. It ignores Range, as HTTP allows: everything here is small.
func (c catalogue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, ok := c.assets[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	coding := NegotiateEncoding(r.Header, found.codings...)
	// Each coding is another sequence of bytes, so each has an entity tag of its own.
	tag := `"` + found.hash + `"`
	if coding != "" {
		tag = `"` + found.hash + "-" + coding + `"`
	}
	header := w.Header()
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("ETag", tag)
	header.Set("Vary", "Accept-Encoding")
	if holds(r.Header, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	content := found.content[coding]
	header.Set("Content-Type", found.contentType)
	header.Set("Content-Length", strconv.FormatInt(content.Size(), 10))
	header.Set("X-Content-Type-Options", "nosniff")
	if coding != "" {
		header.Set("Content-Encoding", coding)
	}
	if r.Method != http.MethodHead {
		// An error here means that the reader has gone; nobody is left to tell.
		_, _ = io.Copy(w, io.NewSectionReader(content, 0, content.Size()))
	}
}

// holds reports whether If-None-Match names the tag.
func holds(header http.Header, tag string) bool {
	for candidate := range strings.SplitSeq(header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(candidate), "W/") == tag {
			return true
		}
	}
	return false
}

// load reads all files outside the folder of compressed copies. It fails on two files of one name, on
// a kind of file without a content type and on a style sheet that refers to a file which isn't there.
func load(files fs.FS) (catalogue, error) {
	loaded := catalogue{hashed: map[string]string{}, assets: map[string]asset{}}
	names, err := sources(files)
	if err != nil {
		return catalogue{}, err
	}
	for _, name := range names {
		if err := loaded.add(files, name); err != nil {
			return catalogue{}, fmt.Errorf("assets: %s: %w", name, err)
		}
	}
	return loaded, nil
}

// sources lists the files to serve. Style sheets come last, because what they hold, and so their hash,
// depends on the hashes of the files that they refer to.
func sources(files fs.FS) ([]string, error) {
	var others, styleSheets []string
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == "compressed":
			return fs.SkipDir
		case entry.IsDir():
		case path.Ext(name) == ".css":
			styleSheets = append(styleSheets, name)
		default:
			others = append(others, name)
		}
		return nil
	})
	return slices.Concat(others, styleSheets), err
}

// add enters one file with its compressed copies.
func (c catalogue) add(files fs.FS, name string) error {
	base, extension := path.Base(name), path.Ext(name)
	if _, ok := c.hashed[base]; ok {
		return errors.New("a second file of this name")
	}
	contentType, ok := contentTypes[extension]
	if !ok {
		return errors.New("no content type for this kind of file")
	}
	content, err := open(files, name)
	if err != nil {
		return err
	}
	if extension == ".css" {
		if content, err = c.rewrite(content); err != nil {
			return err
		}
	}
	digest := sha256.New()
	if _, err := io.Copy(digest, io.NewSectionReader(content, 0, content.Size())); err != nil {
		return err
	}
	added := asset{
		contentType: contentType,
		hash:        hex.EncodeToString(digest.Sum(nil))[:12],
		content:     map[string]*io.SectionReader{"": content},
	}
	hashed := strings.TrimSuffix(base, extension) + "." + added.hash + extension
	for _, coding := range preferred {
		compressed, err := open(files, "compressed/"+hashed+extensions[coding])
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		added.codings = append(added.codings, coding)
		added.content[coding] = compressed
	}
	c.hashed[base] = hashed
	c.assets["/"+folder+hashed] = added
	return nil
}

// open returns a view of a file without copying it to the heap. Embedded files need no closing.
func open(files fs.FS, name string) (*io.SectionReader, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	information, err := file.Stat()
	if err != nil {
		return nil, err
	}
	reader, ok := file.(io.ReaderAt)
	if !ok {
		return nil, errors.New("not a file that can be read at any place")
	}
	return io.NewSectionReader(reader, 0, information.Size()), nil
}

// reference finds url(...) in a style sheet.
var reference = regexp.MustCompile(`url\(\s*["']?([^"')]+?)["']?\s*\)`)

// rewrite replaces each file that a style sheet refers to by its hashed name. That name alone is right
// under every base path, because all assets are served from one folder and a browser resolves it
// against the style sheet. Inline data and fragments of the page stay as they are.
func (c catalogue) rewrite(styleSheet *io.SectionReader) (*io.SectionReader, error) {
	source, err := io.ReadAll(styleSheet)
	if err != nil {
		return nil, err
	}
	var missing []error
	rewritten := reference.ReplaceAllFunc(source, func(match []byte) []byte {
		target := string(reference.FindSubmatch(match)[1])
		if strings.HasPrefix(target, "data:") || strings.HasPrefix(target, "#") {
			return match
		}
		hashed, ok := c.hashed[path.Base(target)]
		if !ok {
			missing = append(missing, fmt.Errorf("url(%s) refers to no asset", target))
		}
		return []byte("url(" + hashed + ")")
	})
	reader := bytes.NewReader(rewritten)
	return io.NewSectionReader(reader, 0, reader.Size()), errors.Join(missing...)
}
