// All islands in one file. Every page works without it.
import "htmx.org";
import "./another";
import "./answers";
import "./box";
import "./compare";
import "./countdown";
import "./live";
import "./narrow";
import "./passkey";
import "./place";
import "./shortcuts";
import "./unsaved";
