package browsertest

import "context"

func startWebKit(ctx context.Context, folder string, restore bool) (process, error) {
	return nil, errUnable
}
