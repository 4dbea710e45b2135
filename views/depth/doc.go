// Package depth draws the pages of the depth map: where domains are placed, and what a map says.
package depth
