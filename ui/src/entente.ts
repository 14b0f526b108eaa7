// All islands in one file. Every page works without it.
import "htmx.org";
import "./box";
import "./passkey";
import "./shortcuts";
