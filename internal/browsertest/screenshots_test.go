package browsertest

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"

	"whetstone/internal/model"
)

var screenshotsFolder = flag.String("screenshots", "", "folder to which TestScreenshots writes the README's pictures")

// screenshotHeight is how much of a page a picture shows, in pixels.
const screenshotHeight = 1400

// Pictures of the demonstration show something; with -screenshots they are kept for the README.
func TestScreenshots(t *testing.T) {
	t.Parallel()
	served := newDemonstration(t)
	made := served.newVisitor(t)
	made.post(to.Demonstration(), url.Values{})
	opened := served.newTabOf(t, made)
	opened.prefers("light", "reduce")

	opened.open(to.Assessments())
	latest := eval[string](opened, `document.querySelector('main a[href$="/result"]').getAttribute("href")`)
	opened.open(latest)
	opened.draws()
	opened.picture("result-light.png")

	id := made.start("wider-scope", model.FullForm)
	opened.open(to.Questions(id, "debt"))
	for number, item := range opened.items()[:2] {
		opened.choose(item, []string{"3", "2"}[number], opened.click)
		opened.saved(item)
	}
	run(opened, `document.activeElement.blur(); scrollTo(0, 0)`)
	opened.picture("question-light.png")
}

// picture takes a picture of the top of the page, and keeps it if a folder is given.
func (tab *tab) picture(name string) {
	tab.t.Helper()
	tab.wait(`document.fonts.status === "loaded"`)
	taken := call(tab, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{
		Format: cdppage.CaptureScreenshotFormatPng, CaptureBeyondViewport: new(true),
		Clip: &cdppage.Viewport{Width: desktopWidth, Height: screenshotHeight, Scale: 1},
	})
	decoded, err := png.Decode(bytes.NewReader(taken.Data))
	if err != nil {
		tab.t.Fatal(name, err)
	}
	if blank(decoded) {
		tab.t.Errorf("%s shows nothing", name)
	}
	if *screenshotsFolder == "" {
		return
	}
	if err := os.MkdirAll(*screenshotsFolder, 0o755); err != nil {
		tab.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*screenshotsFolder, name), taken.Data, 0o644); err != nil {
		tab.t.Fatal(err)
	}
}

// blank reports whether a picture has hardly anything on its background.
func blank(picture image.Image) bool {
	counts := map[color.Color]int{}
	bounds, commonest := picture.Bounds(), 0
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			pixel := picture.At(x, y)
			counts[pixel]++
			commonest = max(commonest, counts[pixel])
		}
	}
	const fewColours, inkless = 20, 0.99
	return len(counts) < fewColours || float64(commonest) > inkless*float64(bounds.Dx()*bounds.Dy())
}
