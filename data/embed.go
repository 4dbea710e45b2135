// Package data embeds what Whetstone ships: the competency model, the questionnaires with their
// lock, the practices, the guides, the domains, and the JSON Schemas of these files. Package questionnaire reads them.
package data

import "embed"

// Files has the YAML files and schemas under the names that they have in this folder.
//
//go:embed model.yaml practices.yaml guides.yaml domains.yaml questionnaires/*.yaml schema/*.json
var Files embed.FS
