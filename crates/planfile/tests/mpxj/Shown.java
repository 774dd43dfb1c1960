// What MPXJ sees in schedule files: for each file a line with its name, then its activities and links, sorted.
// java -cp JARS Shown.java FILES…

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.mpxj.ProjectFile;
import org.mpxj.Relation;
import org.mpxj.Task;
import org.mpxj.TimeUnit;
import org.mpxj.reader.UniversalProjectReader;

public class Shown {
    public static void main(String[] args) {
        for (String name : args) {
            System.out.println("= " + name);
            try {
                List<ProjectFile> projects = new UniversalProjectReader().readAll(name);
                for (ProjectFile project : projects) {
                    show(project);
                }
            } catch (Exception why) {
                System.out.println("refused: " + why.getMessage());
            }
        }
    }

    private static void show(ProjectFile project) {
        List<String> lines = new ArrayList<>();
        for (Task task : project.getTasks()) {
            if (task.getUniqueID() == null || task.getSummary()) {
                continue;
            }
            lines.add("activity " + name(task) + " " + minute(task.getStart()) + " " + minute(task.getFinish()));
            for (Relation link : task.getPredecessors()) {
                double hours = link.getLag().convertUnits(TimeUnit.HOURS, project.getProjectProperties()).getDuration();
                String lag = String.format(Locale.ROOT, "%.2f", hours);
                lines.add("link " + name(link.getPredecessorTask()) + " " + link.getType() + " " + lag + " " + name(task));
            }
        }
        Collections.sort(lines);
        lines.forEach(System.out::println);
    }

    /** XER does not tell an empty name from none. */
    private static String name(Task task) {
        return task.getName() == null ? "" : task.getName();
    }

    private static String minute(LocalDateTime date) {
        return date == null ? "-" : date.withSecond(0).withNano(0).toString();
    }
}
