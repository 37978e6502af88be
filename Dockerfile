# The version of Python that the tests run on.
FROM python:3.11-slim
ENV PYTHONUTF8=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app
WORKDIR /app
# Before the program, so that a new version of it installs nothing again.
COPY requirements.txt .
RUN pip install --no-cache-dir --no-deps -r requirements.txt
COPY . .
RUN python -m compileall -q crawlers models index monitor
RUN useradd --uid 10001 --no-create-home --home-dir /data monitor && mkdir /data && chown monitor:monitor /data
USER monitor
ENV MONITOR_DATA=/data HOME=/data
VOLUME /data
EXPOSE 8470
ENTRYPOINT ["python", "-m", "monitor"]
CMD ["up"]
