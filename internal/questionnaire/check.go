package questionnaire

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"whetstone/data"
)

// The kinds of files, in words for messages.
const (
	kindModel         = "the model"
	kindPractices     = "practices"
	kindGuides        = "guides"
	kindDomains       = "domains"
	kindQuestionnaire = "questions"
)

// Check validates files, and the questionnaires of folders, the way Load would, against the shipped model. A file may
// also be a model, practices, guides, domains or a lock. A lock beside a questionnaire is enforced, but none is required. The
// ids in the other files of the same folder count as taken, but those files' own problems are not reported.
//
// Beyond what Load requires, it checks that questionnaires don't ask too much of a reader's time: see Length.
func Check(paths ...string) Problems {
	_, problems := Measure(paths...)
	return problems
}

// Measure is Check, and also returns how long each of the given questionnaires is.
func Measure(paths ...string) ([]Length, Problems) {
	c := newChecker(paths)
	c.run(func(folder string) *lock { return c.folderLock(folder) })
	var lengths []Length
	for _, given := range c.drafts {
		length := lengthOf(given.draft, c.library.Model)
		length.File = given.at.file
		lengths = append(lengths, length)
		c.problems = append(c.problems, length.problems(given.draft)...)
	}
	return lengths, c.problems.sorted()
}

// Relocked is one entry that Relock wrote.
type Relocked struct {
	// Lock is the path of the lock file.
	Lock string
	// Item is the item's id.
	Item string
	// New reports whether the item was missing from the lock; otherwise its words have changed.
	New bool
}

// Relock confirms the words of all items in the given questionnaires: it writes their hashes to the
// lock file beside each, and keeps the entries of items that are no longer there. It returns what
// it wrote, for the operator to see what was confirmed. It writes nothing while the files have
// other problems.
func Relock(paths ...string) ([]Relocked, Problems) {
	c := newChecker(paths)
	c.run(func(string) *lock { return nil })
	locks := map[string]*lock{}
	var written []Relocked
	for _, given := range c.drafts {
		words, opened := locks[given.folder]
		if !opened {
			if words = c.folderLock(given.folder); words == nil {
				words = newLock()
			}
			locks[given.folder] = words
		}
		for _, item := range given.items {
			if changed, isNew := words.confirm(item.Item); changed {
				written = append(written, Relocked{filepath.Join(given.folder, lockName), item.ID, isNew})
			}
		}
	}
	if len(c.problems) > 0 {
		return nil, c.problems.sorted()
	}
	for folder, words := range locks {
		if err := writeLock(filepath.Join(folder, lockName), words); err != nil {
			c.problems = append(c.problems, Problem{filepath.Join(folder, lockName), 0, "cannot be written: " + err.Error()})
		}
	}
	return written, c.problems.sorted()
}

// writeLock replaces a lock file atomically, so that there is never half a lock. A new one is readable by everybody,
// like the questionnaires, since the server often runs as another user.
func writeLock(name string, words *lock) (err error) {
	mode := fs.FileMode(0o644)
	if present, err := os.Stat(name); err == nil {
		mode = present.Mode().Perm()
	}
	partial, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+"-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(partial.Name()) }() // after the rename it is gone
	_, err = partial.Write(words.encode())
	err = errors.Join(err, partial.Chmod(mode), partial.Close())
	if err != nil {
		return err
	}
	return os.Rename(partial.Name(), name)
}

// checker examines given files as part of what they would be loaded with.
type checker struct {
	*loader
	paths []string
	// drafts has the given questionnaires.
	drafts []givenDraft
}

// givenDraft is a questionnaire that was to be checked, with its folder.
type givenDraft struct {
	draft
	folder string
}

// newChecker replaces folders among the paths by their questionnaires.
func newChecker(paths []string) *checker {
	c := &checker{loader: newLoader()}
	for _, given := range paths {
		given = filepath.Clean(given)
		if info, err := os.Stat(given); err != nil || !info.IsDir() {
			c.paths = append(c.paths, given)
			continue
		}
		names := questionnaireNames(os.DirFS(given), ".")
		if len(names) == 0 {
			c.problems = append(c.problems, Problem{given, 0, noQuestionnaire})
		}
		for _, name := range names {
			c.paths = append(c.paths, filepath.Join(given, name))
		}
	}
	slices.Sort(c.paths)
	c.paths = slices.Compact(c.paths)
	return c
}

// run examines the given files. lockOf returns the lock of a folder to hold to, or nil.
func (c *checker) run(lockOf func(folder string) *lock) {
	found := c.problems
	c.loadModel(data.Files)
	if len(c.problems) > len(found) {
		return // this build itself is broken, and says so
	}
	c.loadSurroundings()
	c.problems = found

	locks := map[string]*lock{}
	for _, given := range c.paths {
		folder := filepath.Dir(given)
		c.open(os.DirFS(folder), filepath.Base(given), given, func(f *file, root ast.Node) {
			switch kind := kindOfFile(root); {
			case filepath.Base(given) == lockName:
				f.readLock(root)
			case kind == kindModel:
				f.readModel(root)
			case kind == kindGuides:
				f.readGuides(root, c.library.Model)
			case kind == kindDomains && shapedAs(root, "practices"):
				f.readDomains(root, c.library.Model, nil)
			case kind == kindDomains:
				f.readOwnDomains(root, c.library.Model, nil)
			case kind == kindPractices:
				f.readPractices(root, c.library.Model, c.shippedLock)
			default:
				if _, opened := locks[folder]; !opened {
					locks[folder] = lockOf(folder)
				}
				d := f.readQuestionnaire(root, c.library.Model)
				c.add(f, d, locks[folder])
				c.drafts = append(c.drafts, givenDraft{d, folder})
			}
		})
	}
}

// loadSurroundings takes in the questionnaires that the given ones would be loaded with: the rest
// of their folders, and the shipped ones of this build unless the given ones are these, on disk.
func (c *checker) loadSurroundings() {
	var folders []string
	shipped := false
	for _, given := range c.paths {
		folder := filepath.Dir(given)
		if !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		shipped = shipped || isShipped(folder)
	}
	if !shipped {
		c.loadShippedLock(data.Files)
		c.loadShipped(data.Files)
	}
	for _, folder := range folders {
		for _, name := range questionnaireNames(os.DirFS(folder), ".") {
			if shown := filepath.Join(folder, name); !slices.Contains(c.paths, shown) {
				c.open(os.DirFS(folder), name, shown, func(f *file, root ast.Node) {
					if kindOfFile(root) == kindQuestionnaire {
						c.add(f, f.readQuestionnaire(root, c.library.Model), nil)
					}
				})
			}
		}
	}
}

// isShipped reports whether a folder holds a source tree's shipped questionnaires.
func isShipped(folder string) bool {
	absolute, err := filepath.Abs(folder)
	if err != nil || filepath.Base(absolute) != questionnaires {
		return false
	}
	_, err = fs.Stat(os.DirFS(filepath.Dir(absolute)), modelName)
	return err == nil
}

// kindOfFile returns what a file is meant to be, judging by its keys.
func kindOfFile(root ast.Node) string {
	m := (&file{}).openMapping(root, 1, "file")
	if _, found := m.entries["areas"]; found {
		return kindModel
	}
	if _, found := m.entries["domains"]; found {
		return kindDomains
	}
	if _, found := m.entries["practices"]; found {
		return kindPractices
	}
	if _, found := m.entries["guides"]; found {
		return kindGuides
	}
	return kindQuestionnaire
}

// shapedAs reports whether a file has a key.
func shapedAs(root ast.Node, key string) bool {
	_, found := (&file{}).openMapping(root, 1, "file").entries[key]
	return found
}
