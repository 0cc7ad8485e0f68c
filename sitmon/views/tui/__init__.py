"""The desk: attributes go down (one picture feeds every pane), messages go up."""
