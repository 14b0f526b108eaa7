import com.machinezoo.sourceafis.FingerprintCompatibility;
import com.machinezoo.sourceafis.FingerprintImage;
import com.machinezoo.sourceafis.FingerprintImageOptions;
import com.machinezoo.sourceafis.FingerprintMatcher;
import com.machinezoo.sourceafis.FingerprintTemplate;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** SourceAFIS as a peer: `java -cp ... SourceAfis.java DPI FILE...`; prints images/s, comparisons/s, then a row of scores a file. */
public class SourceAfis {
    static double spent() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    static FingerprintTemplate read(String name, double dpi) throws Exception {
        byte[] data = Files.readAllBytes(Path.of(name));
        if (name.endsWith(".iso")) return FingerprintCompatibility.importTemplate(data);
        return new FingerprintTemplate(new FingerprintImage(data, new FingerprintImageOptions().dpi(dpi)));
    }

    public static void main(String[] args) throws Exception {
        double dpi = Double.parseDouble(args[0]);
        int count = args.length - 1;
        for (int k = 0; k < 10; k++) read(args[1 + k], dpi); // the machine warms up
        double begun = spent();
        FingerprintTemplate[] read = new FingerprintTemplate[count];
        for (int k = 0; k < count; k++) read[k] = read(args[1 + k], dpi);
        double extraction = count / (spent() - begun);
        double[][] scores = new double[count][count];
        double speed = 0;
        for (int round = 0; round < 2; round++) {
            begun = spent();
            for (int a = 0; a < count; a++) {
                FingerprintMatcher matcher = new FingerprintMatcher(read[a]);
                for (int b = 0; b < count; b++) scores[a][b] = matcher.match(read[b]);
            }
            speed = count * count / (spent() - begun);
        }
        System.out.println(extraction + " " + speed);
        for (double[] row : scores) {
            StringBuilder line = new StringBuilder();
            for (double score : row) line.append(score).append(' ');
            System.out.println(line);
        }
    }
}
