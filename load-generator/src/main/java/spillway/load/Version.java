package spillway.load;

import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = LoadGenerator.class.getPackage().getImplementationVersion();
        return new String[] {"load " + (version == null ? "unpackaged" : version)};
    }
}
