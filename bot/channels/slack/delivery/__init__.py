"""How answers reach Slack: in order, at Slack's pace, and once, over refusals, lost connections and restarts."""
