// Schedules a network with MPXJ and says how long it took: java Harness FILE RUNS, the network as `bench/src/schedule/mpxj.rs` writes it.
// Prints the median of the runs in milliseconds, then one line for each activity: uid, early start and finish, late start and finish.

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mpxj.ActivityStatus;
import org.mpxj.ActivityType;
import org.mpxj.ConstraintType;
import org.mpxj.Duration;
import org.mpxj.LocalTimeRange;
import org.mpxj.ProjectCalendar;
import org.mpxj.ProjectCalendarHours;
import org.mpxj.ProjectFile;
import org.mpxj.Relation;
import org.mpxj.RelationType;
import org.mpxj.RelationshipLagCalendar;
import org.mpxj.Task;
import org.mpxj.TaskMode;
import org.mpxj.TimeUnit;
import org.mpxj.TotalSlackCalculationType;
import org.mpxj.cpm.MicrosoftScheduler;
import org.mpxj.cpm.PrimaveraScheduler;
import org.mpxj.cpm.Scheduler;

public class Harness {
    private final ProjectFile file = new ProjectFile();
    private final Map<String, ProjectCalendar> calendars = new HashMap<>();
    private final Map<String, Task> tasks = new HashMap<>();
    private ProjectCalendar calendar;
    private LocalDateTime start;
    private boolean p6;

    public static void main(String[] args) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(args[0]));
        int runs = Integer.parseInt(args[1]);
        double[] times = new double[runs];
        Harness last = null;
        // The first run warms the machine up.
        for (int run = -1; run < runs; run++) {
            last = new Harness(lines);
            double took = last.schedule();
            if (run >= 0) {
                times[run] = took;
            }
        }
        Arrays.sort(times);
        System.out.println(times[runs / 2]);
        last.print();
    }

    private Harness(List<String> lines) {
        for (String line : lines) {
            read(line.split(" "));
        }
    }

    private void read(String[] words) {
        switch (words[0]) {
            case "P" -> project(words);
            case "C" -> {
                calendar = file.addCalendar();
                calendar.setName(words[1]);
                calendars.put(words[1], calendar);
                if (calendars.size() == 1) {
                    file.setDefaultCalendar(calendar);
                }
            }
            case "D" -> day(words);
            case "X" -> calendar.addCalendarException(LocalDate.parse(words[1]), LocalDate.parse(words[2]));
            case "A" -> activity(words);
            case "L" -> link(words);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void project(String[] words) {
        p6 = words[1].equals("P6");
        start = LocalDateTime.parse(words[2]);
        file.getProjectProperties().setStartDate(start);
        if (p6) {
            file.getProjectProperties().setPlannedStart(start);
            file.getProjectProperties().setStatusDate(start);
            file.getProjectProperties().setRelationshipLagCalendar(RelationshipLagCalendar.PREDECESSOR);
            file.getProjectProperties().setTotalSlackCalculationType(TotalSlackCalculationType.FINISH_SLACK);
        }
    }

    private void day(String[] words) {
        DayOfWeek day = DayOfWeek.of(Integer.parseInt(words[1]));
        calendar.setWorkingDay(day, words.length > 2);
        ProjectCalendarHours hours = calendar.addCalendarHours(day);
        for (int i = 2; i + 1 < words.length; i += 2) {
            hours.add(new LocalTimeRange(time(words[i]), time(words[i + 1])));
        }
    }

    private static LocalTime time(String minutes) {
        return LocalTime.ofSecondOfDay(Integer.parseInt(minutes) % 1440 * 60);
    }

    private void activity(String[] words) {
        Task task = file.addTask();
        task.setUniqueID(Integer.valueOf(words[1]));
        task.setCalendar(calendars.get(words[2]));
        Duration duration = Duration.getInstance(Double.parseDouble(words[3]) / 60.0, TimeUnit.HOURS);
        task.setDuration(duration);
        task.setRemainingDuration(duration);
        task.setActualDuration(Duration.getInstance(0, TimeUnit.HOURS));
        task.setTaskMode(TaskMode.AUTO_SCHEDULED);
        task.setMilestone(words[3].equals("0"));
        if (p6) {
            task.setPlannedDuration(duration);
            task.setActivityStatus(ActivityStatus.NOT_STARTED);
            task.setActivityType(ActivityType.valueOf(words[4]));
        }
        task.setConstraintType(ConstraintType.valueOf(words[5]));
        if (words.length > 6) {
            task.setConstraintDate(LocalDateTime.parse(words[6]));
        }
        tasks.put(words[1], task);
    }

    private void link(String[] words) {
        TimeUnit unit = words[4].equals("E") ? TimeUnit.ELAPSED_HOURS : TimeUnit.HOURS;
        Duration lag = Duration.getInstance(Double.parseDouble(words[5]) / 60.0, unit);
        Relation.Builder link = new Relation.Builder().predecessorTask(tasks.get(words[1])).type(RelationType.valueOf(words[3])).lag(lag);
        tasks.get(words[2]).addPredecessor(link);
    }

    private double schedule() throws Exception {
        Scheduler scheduler = p6 ? new PrimaveraScheduler() : new MicrosoftScheduler();
        long began = System.nanoTime();
        scheduler.schedule(file, start);
        return (System.nanoTime() - began) / 1e6;
    }

    private void print() {
        StringBuilder out = new StringBuilder();
        for (Task task : file.getTasks()) {
            out.append(task.getUniqueID()).append(' ').append(task.getEarlyStart()).append(' ').append(task.getEarlyFinish());
            out.append(' ').append(task.getLateStart()).append(' ').append(task.getLateFinish()).append('\n');
        }
        System.out.print(out);
    }
}
