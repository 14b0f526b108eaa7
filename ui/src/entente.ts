// All islands in one file. Every page works without it.
import "htmx.org";
import "./passkey";
import "./shortcuts";
