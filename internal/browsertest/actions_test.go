package browsertest

import (
	"math"

	"github.com/chromedp/chromedp/kb"
)

// Input as the WebDriver protocols want it.

// pressable are the keys that are no text, by their names in package kb.
var pressable = map[string]string{
	kb.Enter: "\uE007", kb.Tab: "\uE004", kb.Backspace: "\uE003", kb.Escape: "\uE00C",
	kb.ArrowLeft: "\uE012", kb.ArrowUp: "\uE013", kb.ArrowRight: "\uE014", kb.ArrowDown: "\uE015",
	kb.Home: "\uE011", kb.End: "\uE010", "\n": "\uE007",
}

// mouseClick are the actions of a click at a place in the window.
func mouseClick(at point) []any {
	return []any{map[string]any{"type": "pointer", "id": "mouse", "parameters": map[string]string{"pointerType": "mouse"}, "actions": []any{
		map[string]any{"type": "pointerMove", "x": math.Round(at.X), "y": math.Round(at.Y), "origin": "viewport"},
		map[string]any{"type": "pointerDown", "button": 0},
		map[string]any{"type": "pointerUp", "button": 0},
	}}}
}

// keyPresses are the actions that type text or press keys of package kb.
func keyPresses(keys string) []any {
	var presses []any
	for _, key := range keys {
		value, ok := pressable[string(key)]
		if !ok {
			value = string(key)
		}
		presses = append(presses, map[string]any{"type": "keyDown", "value": value}, map[string]any{"type": "keyUp", "value": value})
	}
	return []any{map[string]any{"type": "key", "id": "keyboard", "actions": presses}}
}
