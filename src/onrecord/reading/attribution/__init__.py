"""Sources, cues and contents, by the network and by form: `stage.find_attributions`."""
