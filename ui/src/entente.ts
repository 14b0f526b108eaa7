// All islands in one file. Every page works without it.
import "htmx.org";
import "./another";
import "./box";
import "./live";
import "./passkey";
import "./shortcuts";
