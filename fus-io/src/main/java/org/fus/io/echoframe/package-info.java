/** Streams of EchoFrame (https://github.com/BrainEchoLab/EchoFrame), versions 0 and 1. */
package org.fus.io.echoframe;
