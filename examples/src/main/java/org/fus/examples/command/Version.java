package org.fus.examples.command;

import org.fus.core.data.Provenance;
import picocli.CommandLine.IVersionProvider;

/** What {@code fus --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {Provenance.SOFTWARE + ", Java " + Runtime.version()};
    }
}
