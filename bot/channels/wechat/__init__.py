"""The WeChat official account channel: signed XML in, one passive reply out."""
