package paths

import "net/url"

// DepthMaps lists one's depth maps, and is where another is begun.
func (p Paths) DepthMaps() string { return p.Base + DepthMapsPattern }

// DepthMapsJSON is all of them as JSON.
func (p Paths) DepthMapsJSON() string { return p.Base + DepthMapsJSONPattern }

// DepthSchema is the JSON Schema of them.
func (p Paths) DepthSchema() string { return p.Base + DepthSchemaPattern }

// DepthMap is one that is finished.
func (p Paths) DepthMap(id string) string { return p.DepthMaps() + "/" + url.PathEscape(id) }

// DepthMapSince is one that is finished, with what moved since an earlier one.
func (p Paths) DepthMapSince(id, earlier string) string {
	return p.DepthMap(id) + "?" + url.Values{"since": {earlier}}.Encode()
}

// Places is where the domains of a map are placed.
func (p Paths) Places(id string) string { return p.DepthMap(id) + "/place" }

// Placed takes one domain of a map that is being made from a script, and lists what is kept of all.
func (p Paths) Placed(id string) string { return p.DepthMap(id) + "/placed" }

// EndMapOffer takes the form by which Home stops to offer a first map.
func (p Paths) EndMapOffer() string { return p.DepthMaps() + "/not-now" }

// DeleteDepthMap asks before a map is deleted, and deletes it.
func (p Paths) DeleteDepthMap(id string) string { return p.DepthMap(id) + "/delete" }
